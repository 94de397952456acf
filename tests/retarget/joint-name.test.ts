import { describe, expect, it } from 'vitest';
import { readJointNames } from '../../src/retarget/body/roles/joint-name.js';

const read = (...names: string[]): string[] =>
  readJointNames(names).map(({ side, key }) => `${side ?? ''}:${key}`);

describe('readJointNames', () => {
  it('takes no side from a word that only begins with its letter', () => {
    expect(read('lowerback', 'root', 'rib', 'ligament')).toEqual([
      ':lowerback',
      ':root',
      ':rib',
      ':ligament',
    ]);
    expect(read('lfoot')).toEqual([':lfoot']);
  });

  it.each([
    ['mixamorig1:LeftUpLeg', 'L:upleg'],
    ['mixamorigRightHandThumb1', 'R:handthumb1'],
    ['Lefthand', 'L:hand'],
    ['CC_Base_L_Upperarm', 'L:upperarm'],
    ['DEF-upper_arm.L.001', 'L:upperarm001'],
    ['Bip01 L Thigh', 'L:thigh'],
    ['Bip001 R Calf', 'R:calf'],
    ['thigh_twist_01_r', 'R:thightwist01'],
    ['finger3-1.R', 'R:finger3-1'],
    ['LHipJoint', 'L:hipjoint'],
    ['upper_arm.l_Armature', 'L:upperarm'],
    ['BVH:LeftWrist_End', 'L:wristend'],
    ['左足首', 'L:足首'],
    ['', ':'],
    ['::', ':'],
  ])('%s is %s', (name, wanted) => {
    expect(read(name)).toEqual([wanted]);
  });
});
