import { describe, expect, it } from 'vitest';
import { closeLoop } from '../../../src/motion/features/close-loop.js';
import { GAIT_TAGS, type GaitTag, gaitTags } from '../../../src/motion/features/gait-tags.js';
import { mirrorTrack } from '../../../src/motion/features/mirror-track.js';
import { type MotionTrack, makeMotionTrack } from '../../../src/motion/features/motion-track.js';
import { LEG_ROLES, type MadeWalk, madeWalk } from '../made-tracks.js';

const has = (tags: Uint32Array, tag: GaitTag, frame: number): boolean =>
  ((tags[frame] >>> GAIT_TAGS.indexOf(tag)) & 1) === 1;

/** The tags that most frames of a walk have. */
const usual = (walk: MadeWalk): GaitTag[] => {
  const tags = gaitTags(madeWalk({ frames: 90, ...walk }));
  return GAIT_TAGS.filter((tag) => [...tags.keys()].filter((f) => has(tags, tag, f)).length > 60);
};

/** A standing body that is moved ahead by `way(f)` metres and scaled. */
function moved(frames: number, way: (f: number) => number, scale = 1): MotionTrack {
  const { positions } = madeWalk({ frames, speed: 0 });
  const out = positions.map((value, k) => scale * (value + (k % 3 === 2 ? way(Math.floor(k / 24)) : 0)));
  return makeMotionTrack('moved', LEG_ROLES, out, 30);
}

describe('gaitTags', () => {
  it.each<[string, MadeWalk, GaitTag[]]>([
    ['standing', { speed: 0 }, ['idle']],
    ['walking', { speed: 1.3 }, ['walk']],
    ['running', { speed: 3 }, ['run']],
    ['walking on a narrow circle to the left', { speed: 1, turn: 1.2 }, ['walk', 'turn-left']],
    ['turning on the spot to the right', { speed: 0, turn: -1.5 }, ['idle', 'turn-right']],
    ['walking backward', { speed: -1 }, ['walk', 'backward']],
  ])('%s', (_, walk, wanted) => {
    expect(usual(walk)).toEqual(wanted);
  });

  it('tells strafing to the left and, in the mirror, to the right', () => {
    const { positions } = madeWalk({ frames: 90, speed: 0 });
    const strafe = makeMotionTrack(
      'strafe',
      LEG_ROLES,
      positions.map((value, k) => value + (k % 3 === 0 ? Math.floor(k / 24) / 30 : 0)),
      30,
    );
    expect(has(gaitTags(strafe), 'strafe-left', 45)).toBe(true);
    expect(has(gaitTags(mirrorTrack(strafe)), 'strafe-right', 45)).toBe(true);
    expect(has(gaitTags(mirrorTrack(strafe)), 'strafe-left', 45)).toBe(false);
  });

  it('sees a start after standing and a stop before it', () => {
    // Two seconds still, two seconds at 1.5 m/s, two seconds still.
    const tags = gaitTags(moved(181, (f) => 0.05 * Math.min(Math.max(f - 60, 0), 60)));
    const names = (f: number) => GAIT_TAGS.filter((tag) => has(tags, tag, f));
    expect(names(30)).toEqual(['idle']);
    expect(names(68)).toEqual(['walk', 'start']);
    expect(names(90)).toEqual(['walk']);
    expect(names(112)).toEqual(['walk', 'stop']);
    expect(names(150)).toEqual(['idle']);
  });

  it('gives every frame just one of idle, walk and run, however fast it goes', () => {
    const tags = gaitTags(moved(300, (f) => 0.00035 * f * f));
    for (let f = 0; f < 300; f++) {
      const states = (['idle', 'walk', 'run'] as const).filter((tag) => has(tags, tag, f));
      expect(states).toHaveLength(1);
    }
    expect(has(tags, 'idle', 0)).toBe(true);
    expect(has(tags, 'run', 299)).toBe(true);
    // Faster and faster: each state once.
    const changes = [...tags.keys()].filter((f) => f > 0 && (tags[f] & 7) !== (tags[f - 1] & 7));
    expect(changes).toHaveLength(2);
  });

  it('measures in legs: a body half the size at half the speed does the same', () => {
    const way = (f: number) => 0.0005 * f * f;
    expect(gaitTags(moved(200, way, 0.5))).toEqual(gaitTags(moved(200, way)));
  });

  it('takes one frame, and a loop around its seam', () => {
    expect([...gaitTags(madeWalk({ frames: 1 }))]).toEqual([1 << GAIT_TAGS.indexOf('idle')]);
    const loop = closeLoop(madeWalk({ frames: 31, cadence: 2, speed: 1.3 }));
    expect(loop && [...gaitTags(loop)].every((tags) => tags === 1 << GAIT_TAGS.indexOf('walk'))).toBe(true);
  });
});
