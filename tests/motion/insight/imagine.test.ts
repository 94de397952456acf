import { beforeAll, describe, expect, it } from 'vitest';
import { type Clip, jointIndex, worldPoseOfFrame } from '../../../src/clip/index.js';
import { fromRotationVector, multiply, quatAt, setQuat } from '../../../src/math/quat.js';
import { seededRandom } from '../../../src/math/random.js';
import { queryLatents } from '../../../src/motion/encoder/encoder.js';
import { chooseEngine } from '../../../src/motion/encoder/engine/choose.js';
import { trainLinear } from '../../../src/motion/encoder/train-linear.js';
import { trackOfClip } from '../../../src/motion/features/track-of-clip.js';
import { along, directionOf } from '../../../src/motion/insight/direction.js';
import { type Imagined, type ImagineRequest, imagine } from '../../../src/motion/insight/imagine.js';
import { makeImaginedBody } from '../../../src/motion/insight/imagined-body.js';
import { momentsOf } from '../../../src/motion/insight/moments.js';
import { poseLimits } from '../../../src/motion/insight/pose-limits.js';
import { rootLimits } from '../../../src/motion/insight/root-limits.js';
import { torquesOf } from '../../../src/motion/insight/torques.js';
import { usualInputs } from '../../../src/motion/insight/usual-inputs.js';
import { walkingClip } from '../../preview/walking-clip.js';

const ROLES = {
  pelvis: 'Hips',
  spine1: 'Spine',
  head: 'Head',
  upperArmL: 'LeftArm',
  forearmL: 'LeftForeArm',
  handL: 'LeftHand',
  thighL: 'LeftUpLeg',
  calfL: 'LeftLeg',
  footL: 'LeftFoot',
  toeL: 'LeftToeBase',
  thighR: 'RightUpLeg',
  calfR: 'RightLeg',
  footR: 'RightFoot',
  toeR: 'RightToeBase',
};
const names = Object.keys(ROLES);

/** The clip with every joint of a role swaying by its own slow waves, so that poses and facings vary. */
function lively(clip: Clip, seed: number): Clip {
  const random = seededRandom(seed);
  const rotations = clip.rotations.slice();
  const count = clip.skeleton.joints.length;
  for (const name of Object.values(ROLES)) {
    const j = jointIndex(clip.skeleton, name);
    const waves = [0, 1, 2].map(() => ({
      size: 0.25 * random.normal(),
      pace: 0.05 + 0.15 * random.uniform(),
      phase: 6.3 * random.uniform(),
    }));
    for (let f = 0; f < clip.frameCount; f++) {
      const [x, y, z] = waves.map(({ size, pace, phase }) => size * Math.sin(pace * f + phase));
      const at = f * count + j;
      setQuat(rotations, at, multiply(quatAt(rotations, at), fromRotationVector([x, y, z])));
    }
  }
  return { ...clip, rotations };
}
const clips = [0.8, 1.2, 1.6, 2.2, 3, 1, 1.4, 2].map((radius, n) =>
  lively(walkingClip({ name: `walk ${n}`, radius }), n),
);
const tracks = clips.map((clip) => trackOfClip(clip, ROLES));
const joints = Object.values(ROLES).map((name) => jointIndex(clips[0].skeleton, name));
const [clip] = clips;
const count = clip.skeleton.joints.length;
const encoder = trainLinear(tracks, { dim: 4, seed: 1, noiseShare: 0 });
const moments = momentsOf(encoder, tracks);
const FRAME = 50;

const jointRows = (whole: Clip): Float64Array =>
  Float64Array.from(
    Array.from({ length: whole.frameCount }, (_, f) =>
      joints.flatMap((j) => [...whole.rotations.subarray(4 * (f * count + j), 4 * (f * count + j) + 4)]),
    ).flat(),
  );

let request: ImagineRequest;
beforeAll(async () => {
  const { engine } = await chooseEngine('cpu');
  request = {
    engine,
    encoder,
    start: { clip, track: tracks[0], joints, frame: FRAME },
    direction: directionOf('latent:0', moments),
    usual: usualInputs(encoder, moments),
    limits: poseLimits(Float64Array.from(clips.flatMap((whole) => [...jointRows(whole)])), joints.length),
    fastest: rootLimits(tracks),
    steps: 40,
  };
});

const farOf = (made: Imagined, direction: ImagineRequest['direction']): number => {
  const track = trackOfClip(made.clip, ROLES);
  return along(direction, moments, queryLatents(encoder, track).latents, made.frame * encoder.dim);
};
const farBefore = (direction: ImagineRequest['direction']): number =>
  along(direction, moments, queryLatents(encoder, tracks[0]).latents, FRAME * encoder.dim);

describe('an imagined motion', () => {
  it.each(['latent:0', 'latent:-0', 'latent:1', 'latent:-2'])(
    'lies farther towards %s than what it was made of, read like any clip',
    async (name) => {
      const direction = directionOf(name, moments);
      const made = await imagine({ ...request, direction });
      expect(farOf(made, direction)).toBeGreaterThan(farBefore(direction) + 0.3);
    },
  );

  it('keeps bones as long as they are, feet on their floor and the root at its speed', async () => {
    const made = await imagine(request);
    const first = FRAME - 15;
    const track = trackOfClip(made.clip, ROLES);
    for (let f = 0; f < made.clip.frameCount; f++) {
      const [before, after] = [worldPoseOfFrame(clip, first + f), worldPoseOfFrame(made.clip, f)];
      const low = ({ positions }: typeof before): number =>
        Math.min(
          ...['LeftFoot', 'LeftToeBase', 'RightFoot', 'RightToeBase'].map(
            (name) => positions[3 * jointIndex(clip.skeleton, name) + 1],
          ),
        );
      expect(low(after)).toBeCloseTo(low(before), 9);
      clip.skeleton.joints.forEach(({ parent, restTranslation }, j) => {
        if (parent < 0) return;
        const length = Math.hypot(
          ...[0, 1, 2].map((axis) => after.positions[3 * j + axis] - after.positions[3 * parent + axis]),
        );
        expect(length).toBeCloseTo(Math.hypot(...restTranslation), 9);
      });
      if (f === 0) continue;
      const step = Math.hypot(track.rootX[f] - track.rootX[f - 1], track.rootZ[f] - track.rootZ[f - 1]);
      expect(step * 30).toBeLessThan(1.25 * request.fastest.speed + 0.02);
    }
  });

  it('is the same for the same seed, and another for another', async () => {
    const [a, b, c] = [
      await imagine(request),
      await imagine(request),
      await imagine({ ...request, seed: 2 }),
    ];
    expect(a.clip.rotations).toEqual(b.clip.rotations);
    expect(a.clip.rotations).not.toEqual(c.clip.rotations);
  });

  it('stops when it is told to', async () => {
    const seen: number[] = [];
    await imagine({
      ...request,
      onStep: (done) => {
        seen.push(done);
        return done === 3;
      },
    });
    expect(seen).toEqual([1, 2, 3]);
  });
});

describe('the body that is imagined with', () => {
  it('stands as the clip does until something is changed', () => {
    const body = makeImaginedBody(request.start);
    body.place();
    const first = FRAME - body.frame;
    const cut = tracks[0].positions.subarray(
      3 * joints.length * first,
      3 * joints.length * (first + body.track.frameCount),
    );
    body.track.positions.forEach((value, k) => {
      expect(value).toBeCloseTo(cut[k], 9);
    });
  });

  it('moves and turns as a whole about its root', () => {
    const body = makeImaginedBody(request.start);
    const { frame, track } = body;
    body.place();
    const before = track.positions.slice();
    const first = FRAME - frame;
    const [rootX, rootZ] = [tracks[0].rootX[FRAME], tracks[0].rootZ[FRAME]];
    body.moveX[frame] = 0.3;
    body.moveYaw[frame] = Math.PI / 2;
    body.place();
    expect(first).toBe(FRAME - 15);
    for (let r = 0; r < names.length; r++) {
      const at = 3 * (frame * names.length + r);
      expect(track.positions[at]).toBeCloseTo(rootX + 0.3 + (before[at + 2] - rootZ), 9);
      expect(track.positions[at + 2]).toBeCloseTo(rootZ - (before[at] - rootX), 9);
    }
  });

  it('writes the clip that it showed', () => {
    const body = makeImaginedBody(request.start);
    body.moveX.fill(0.2);
    body.moveYaw.forEach((_, f) => {
      body.moveYaw[f] = 0.01 * f;
    });
    body.rotations.set([Math.sin(0.2), 0, 0, Math.cos(0.2)], 4 * (body.frame * count + joints[6]));
    body.place();
    const { positions } = trackOfClip(body.toClip('moved'), ROLES);
    positions.forEach((value, k) => {
      expect(value).toBeCloseTo(body.track.positions[k], 9);
    });
  });

  it('has torques that are the derivatives by turns about the world’s axes', () => {
    const body = makeImaginedBody(request.start);
    body.place();
    const width = 3 * names.length;
    const pulls = new Float64Array(body.track.positions.length);
    const f = body.frame;
    for (let k = 0; k < width; k++) pulls[f * width + k] = Math.sin(1 + 3 * k);
    const torques = torquesOf(body, pulls);
    const r = names.indexOf('thighL');
    const thigh = [0, 1, 2].map((axis) => body.track.positions[f * width + 3 * r + axis]);
    // A turn about x by a small angle moves what hangs from the thigh by x × (p − thigh).
    const below = ['thighL', 'calfL', 'footL', 'toeL'].map((name) => names.indexOf(name));
    let slope = 0;
    for (const part of below) {
      const at = f * width + 3 * part;
      const [y, z] = [body.track.positions[at + 1] - thigh[1], body.track.positions[at + 2] - thigh[2]];
      slope += pulls[at + 1] * -z + pulls[at + 2] * y;
    }
    expect(torques[f * width + 3 * r]).toBeCloseTo(slope, 9);
  });
});
