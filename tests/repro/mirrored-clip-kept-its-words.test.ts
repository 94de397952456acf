import { expect, it } from 'vitest';
import { mirroredName } from '../../src/motion/features/joint-key.js';
import { BUILT_IN_SCHEMAS, buildDatabase } from '../../src/motion/index.js';
import { madeWalk } from '../motion/made-tracks.js';

it('a mirrored clip says right where its events and labels say left', () => {
  const track = madeWalk({ frames: 90, cadence: 1 });
  const joints = [{ name: 'pelvis', parent: -1, offset: [0, 1, 0] as const }];
  const events = [{ name: 'kick-left', time: 0.5, duration: 1 }];
  const source = { track, source: '', joints, roles: { pelvis: 'pelvis' }, events, tags: ['step-left'] };
  const { database } = buildDatabase([source], BUILT_IN_SCHEMAS.holden(), { mirror: true });
  const [own, mirrored] = database.clips;
  const holds = (tag: string, frame: number): number =>
    (database.tagMask[frame] >>> database.tags.indexOf(tag)) & 1;
  expect(
    ['kick-left', 'kick-right', 'step-left', 'step-right'].map((tag) => holds(tag, own.start + 20)),
  ).toEqual([1, 0, 1, 0]);
  expect(
    ['kick-left', 'kick-right', 'step-left', 'step-right'].map((tag) => holds(tag, mirrored.start + 20)),
  ).toEqual([0, 1, 0, 1]);
});

it.each([
  ['turn-left', 'turn-right'],
  ['LeftUpLeg', 'RightUpLeg'],
  ['mixamorigRightHand', 'mixamorigLeftHand'],
  ['HandLeft', 'HandRight'],
  ['righthand', 'lefthand'],
  ['hand_l', 'hand_r'],
  ['frightened', 'frightened'],
  ['upright', 'upright'],
])('%s is %s in a mirror', (name, other) => {
  expect(mirroredName(name)).toBe(other);
});
