import { expect, it } from 'vitest';
import { jointIndex, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, skeletonOf } from '../retarget/figure.js';
import { restClip } from '../retarget/rest-clip.js';

const FRAMES = 60;
const RATE = 30;

it('a skater who glides on one foot, the other held still behind, stays on the ice', () => {
  const source = skeletonOf(figureRows(MIXAMO, inWords));
  const mannequin = targetProfile('ue5-mannequin');
  const count = source.joints.length;
  const clip = restClip(source, FRAMES, RATE);
  for (let f = 0; f < FRAMES; f++) {
    // For half of the time the skater glides, then stands still in the air and on the ice alike.
    clip.translations[3 * count * f + 2] += (2 * Math.min(f, 40)) / RATE;
    const turn = (name: string, angle: number): void =>
      setQuat(clip.rotations, f * count + jointIndex(source, name), fromAxisAngle([1, 0, 0], angle));
    turn('RightUpLeg', 0.3);
    turn('RightLeg', 1.2);
    // The ball of the standing foot never rests: it beats time.
    turn('LeftFoot', f > 38 && f % 2 === 0 ? -0.2 : 0);
  }
  const { clip: carried } = retargetClip(clip, characterise(source), mannequin, characterise(mannequin));
  const ball = jointIndex(mannequin, 'ball_l');
  for (const f of [5, 20, 35]) {
    expect(Math.abs(worldPoseOfFrame(carried, f).positions[3 * ball + 1])).toBeLessThan(0.05);
  }
});
