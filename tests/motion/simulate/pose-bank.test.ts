import { describe, expect, it } from 'vitest';
import {
  type Clip,
  forwardKinematics,
  type Joint,
  makeLocalPose,
  makeWorldPose,
  samplePose,
  worldPoseOfFrame,
} from '../../../src/clip/index.js';
import { conjugate, IDENTITY, multiply, type Quat, quatAt, rotate, setQuat } from '../../../src/math/quat.js';
import { setVec3, vec3At } from '../../../src/math/vec3.js';
import { placeInWorld } from '../../../src/motion/simulate/place-in-world.js';
import { makePoseBankBuilder, type PoseBank } from '../../../src/motion/simulate/pose-bank.js';
import { madePlay, madeWalker, WALKER_ROLES, withNodeAbove } from './made-play.js';

/** World places of the blended joints, where the database's root puts them. */
function placesOf(bank: PoseBank, clip: number, seconds: number, frame: number): Float64Array {
  const count = bank.body.kept.length;
  const pose = makeLocalPose(count);
  const root = { x: 0, z: 0, yaw: 0 };
  bank.sample(clip, seconds, pose);
  bank.root.at(clip, frame, root);
  placeInWorld(root, bank.body, pose);
  return forwardKinematics(bank.body, pose.rotations, pose.translations, makeWorldPose(count)).positions;
}

function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  expect(found).toHaveLength(wanted.length);
  for (let k = 0; k < wanted.length; k++) {
    expect(Math.abs((found[k] as number) - (wanted[k] as number))).toBeLessThan(tolerance);
  }
}

describe('makePoseBankBuilder', () => {
  const clip = madeWalker({ turn: 0.8 });
  const { database, bank } = madePlay([clip]);

  it.each([
    [
      'another joint',
      (own: Clip) => ({ ...own, skeleton: { joints: own.skeleton.joints.slice(1) } }),
      'simulate/other-skeleton',
    ],
    ['another length', () => madeWalker({ frames: 60 }), 'simulate/other-clip'],
  ])('refuses a clip that has changed since: %s', (_, change, code) => {
    const builder = makePoseBankBuilder(database);
    expect(() => builder.add(0, change(clip))).toThrow(expect.objectContaining({ code }));
  });

  it('refuses to play clips whose poses it was not given', () => {
    const builder = makePoseBankBuilder(database);
    expect(builder.needs(0)).toBe(true);
    expect(() => builder.bank()).toThrow(expect.objectContaining({ code: 'simulate/missing-clips' }));
  });

  it('gives the poses of the clip on its frames, where the database’s root puts them', () => {
    for (const frame of [0, 1, 40, 120]) {
      expectNear(placesOf(bank, 0, frame / 30, frame), worldPoseOfFrame(clip, frame).positions, 1e-5);
    }
  });

  it('is smooth between frames, near to the straight blend', () => {
    const seconds = 40.4 / 30;
    const local = samplePose(clip, seconds, makeLocalPose(clip.skeleton.joints.length));
    const straight = forwardKinematics(
      clip.skeleton,
      local.rotations,
      local.translations,
      makeWorldPose(clip.skeleton.joints.length),
    ).positions;
    const found = placesOf(bank, 0, seconds, 40.4);
    expectNear(found, straight, 0.004);
    expect(found).not.toEqual(straight);
  });

  it('takes what is above the pelvis for a way through the studio, and keeps what else hangs on it', () => {
    const above = withNodeAbove(clip);
    const { bank: other } = madePlay([above]);
    expect(other.body.above).toEqual([0]);
    expect(other.body.kept).toHaveLength(above.skeleton.joints.length - 1);
    for (const frame of [0, 40, 120]) {
      expectNear(
        placesOf(other, 0, frame / 30, frame),
        worldPoseOfFrame(above, frame).positions.subarray(3),
        1e-5,
      );
    }
  });

  it('reads a clip that has another rate than the database', () => {
    const fine = madeWalker({ turn: 0.8, rate: 60, frames: 241 });
    const builder = makePoseBankBuilder(database);
    builder.add(0, fine);
    expectNear(placesOf(builder.bank(), 0, 41 / 60, 20.5), worldPoseOfFrame(fine, 41).positions, 0.002);
  });

  it('goes round in a loop', () => {
    // A step takes a second: 91 frames are three of them and repeat the first pose.
    const { database: looped, bank: round } = madePlay([madeWalker({ frames: 91 })], { loop: true });
    expect(looped.clips[0]).toMatchObject({ loops: true, frameCount: 90 });
    const [a, b] = [makeLocalPose(round.body.kept.length), makeLocalPose(round.body.kept.length)];
    round.sample(0, 0.25, a);
    round.sample(0, 3.25, b);
    expectNear(b.rotations, a.rotations, 1e-6);
    round.sample(0, 89.5 / 30, a);
    round.sample(0, -0.5 / 30, b);
    expectNear(b.rotations, a.rotations, 1e-6);
  });
});

/** The same motion on joints whose axes lie elsewhere, and whose rest pose is that of no person. */
function withOtherAxes(clip: Clip): Clip {
  const { joints } = clip.skeleton;
  const half = Math.SQRT1_2;
  const squares: Quat[] = [
    [half, 0, 0, half],
    [0, half, half, 0],
    [0.5, 0.5, 0.5, 0.5],
    [0, 0, 1, 0],
  ];
  const axes = joints.map((_, j) => squares[j % squares.length] as Quat);
  const above = (j: number): Quat => axes[(joints[j] as Joint).parent] ?? IDENTITY;
  const rotations = clip.rotations.slice();
  const translations = clip.translations.slice();
  for (let i = 0; i < clip.frameCount * joints.length; i++) {
    const j = i % joints.length;
    const back = conjugate(above(j));
    setQuat(rotations, i, multiply(back, multiply(quatAt(clip.rotations, i), axes[j] as Quat)));
    setVec3(translations, i, rotate(back, vec3At(clip.translations, i)));
  }
  return {
    ...clip,
    skeleton: {
      joints: joints.map((joint, j) => ({
        ...joint,
        restTranslation: rotate(conjugate(above(j)), joint.restTranslation),
      })),
    },
    rotations,
    translations,
  };
}

describe('mirror images', () => {
  const straight = madeWalker({ name: 'a', turn: 0.5 });
  const opposite = (name: string): string =>
    name.startsWith('Left') ? name.replace('Left', 'Right') : name.replace('Right', 'Left');

  it.each([
    ['a skeleton that is symmetric at rest', straight],
    ['one whose rest pose is no person and whose axes lie anyhow', withOtherAxes(straight)],
  ])('show what a mirror shows, of %s', (_, clip) => {
    const { database, bank } = madePlay([clip], { mirror: true, roles: WALKER_ROLES });
    expect(database.clips.map(({ mirrored }) => mirrored)).toEqual([false, true]);
    const names = Array.from(bank.body.kept, (joint) => clip.skeleton.joints[joint]?.name ?? '');
    for (const frame of [0, 33, 100]) {
      const plain = placesOf(bank, 0, frame / 30, frame);
      const image = placesOf(bank, 1, frame / 30, frame);
      names.forEach((name, j) => {
        const o = names.indexOf(opposite(name));
        expectNear(
          image.subarray(3 * j, 3 * j + 3),
          [-plain[3 * o], plain[3 * o + 1], plain[3 * o + 2]],
          1e-4,
        );
      });
    }
  });
});
