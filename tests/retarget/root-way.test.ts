import { describe, expect, it } from 'vitest';
import { type Clip, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, quatAt, rotate, setQuat, yawOf } from '../../src/math/quat.js';
import { setVec3, type Vec3, vec3At } from '../../src/math/vec3.js';
import {
  characterise,
  ROOT_MODES,
  type RootMode,
  retargetClip,
  targetProfile,
} from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const FRAMES = 121;
const RATE = 30;
const source = skeletonOf(figureRows(MIXAMO, inWords));
const mannequin = targetProfile('ue5-mannequin');
const LAST = FRAMES - 10;

/** A statue that goes two metres ahead, turns half around on its way, and rises by half a metre. */
function flyingStatue(): Clip {
  const clip = restClip(source, FRAMES, RATE);
  for (let f = 0; f < FRAMES; f++) {
    const share = f / (FRAMES - 1);
    const count = source.joints.length;
    setVec3(clip.translations, count * f, [0, 0.96 + 0.5 * share, 2 * share]);
    setQuat(clip.rotations, count * f, fromAxisAngle([0, 1, 0], Math.PI * share));
  }
  return clip;
}

interface Seen {
  readonly root: Vec3;
  readonly rootYaw: number;
  readonly pelvis: Vec3;
  readonly bodyYaw: number;
}

function seen(root: RootMode, target = mannequin): Seen {
  const { clip } = retargetClip(flyingStatue(), characterise(source), target, characterise(target), { root });
  const pose = worldPoseOfFrame(clip, LAST);
  const start = worldPoseOfFrame(clip, 0);
  const joint = Math.max(
    0,
    target.joints.findIndex(({ name }) => name === 'root'),
  );
  const pelvis = characterise(target).roles.pelvis ?? 0;
  const left = characterise(target).roles.thighL ?? 0;
  const right = characterise(target).roles.thighR ?? 0;
  const across = (p: typeof pose): Vec3 => {
    const [a, b] = [vec3At(p.positions, left), vec3At(p.positions, right)];
    return [a[0] - b[0], 0, a[2] - b[2]];
  };
  const forward = rotate(quatAt(pose.rotations, joint), [0, 0, 1]);
  const before = rotate(quatAt(start.rotations, joint), [0, 0, 1]);
  return {
    root: vec3At(pose.positions, joint),
    rootYaw: yawOf(forward) - yawOf(before),
    pelvis: vec3At(pose.positions, pelvis),
    bodyYaw: yawOf(across(pose)) - yawOf(across(start)),
  };
}

const turned = (angle: number): number => Math.abs(Math.atan2(Math.sin(angle), Math.cos(angle)));
const HALF = (Math.PI * LAST) / (FRAMES - 1);

describe('the root', () => {
  it('walks under the body on the floor by default', () => {
    const { root, rootYaw, pelvis } = seen(ROOT_MODES['from-pelvis']);
    expect(Math.hypot(root[0] - pelvis[0], root[2] - pelvis[2])).toBeLessThan(0.1);
    expect(root[1]).toBeCloseTo(0, 9);
    expect(turned(rootYaw)).toBeCloseTo(turned(HALF), 1);
  });

  it('rises with the feet where its height is theirs, and the body is where it was', () => {
    const usual = seen(ROOT_MODES['from-pelvis']);
    const high = seen({ ...ROOT_MODES['from-pelvis'], height: 'from-body' });
    expect(high.root[1]).toBeGreaterThan(0.35);
    for (let k = 0; k < 3; k++) expect(high.pelvis[k]).toBeCloseTo(usual.pelvis[k], 9);
  });

  it('stays without facing, or without going, and the body goes without it', () => {
    const usual = seen(ROOT_MODES['from-pelvis']);
    const straight = seen({ ...ROOT_MODES['from-pelvis'], yaw: 'still' });
    expect(turned(straight.rootYaw)).toBeLessThan(1e-6);
    expect(turned(straight.bodyYaw - usual.bodyYaw)).toBeLessThan(1e-6);
    const staying = seen({ ...ROOT_MODES['from-pelvis'], position: 'still' });
    expect(Math.hypot(...staying.root)).toBeLessThan(1e-6);
    for (let k = 0; k < 3; k++) expect(staying.pelvis[k]).toBeCloseTo(usual.pelvis[k], 9);
  });

  it('in place takes out just the parts that are named', () => {
    const turning = seen({ position: 'in-place', height: 'still', yaw: 'from-body' });
    expect(Math.hypot(turning.pelvis[0], turning.pelvis[2])).toBeLessThan(0.1);
    expect(turned(turning.bodyYaw)).toBeCloseTo(turned(HALF), 1);
    const facing = seen({ position: 'from-body', height: 'still', yaw: 'in-place' });
    expect(turned(facing.bodyYaw)).toBeLessThan(0.1);
    expect(facing.pelvis[2]).toBeGreaterThan(1.2);
    const grounded = seen({ position: 'in-place', height: 'in-place', yaw: 'in-place' });
    const standing = seen(ROOT_MODES['in-place']);
    expect(standing.pelvis[1] - grounded.pelvis[1]).toBeGreaterThan(0.35);
  });

  it('a pelvis that is the root itself gives up the same parts', () => {
    const own = skeletonOf(
      figureRows(MIXAMO, inWords).map(
        ([name, parent, x, y, z]): Row => [`b_${name}`, parent && `b_${parent}`, 0.9 * x, 0.9 * y, 0.9 * z],
      ),
    );
    const still = seen(ROOT_MODES['in-place'], own);
    expect(Math.hypot(still.pelvis[0], still.pelvis[2])).toBeLessThan(0.1);
    expect(turned(still.bodyYaw)).toBeLessThan(0.1);
  });

  it('in place is scored as it walks, not as feet that slide', () => {
    const carry = (root: RootMode) =>
      retargetClip(flyingStatue(), characterise(source), mannequin, characterise(mannequin), { root }).report;
    const [placed, walking] = [carry(ROOT_MODES['in-place']), carry(ROOT_MODES['from-pelvis'])];
    expect(placed.quality).toEqual(walking.quality);
    expect(placed.warnings).toEqual(walking.warnings);
  });
});
