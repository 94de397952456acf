import { expect, it } from 'vitest';
import { type Clip, jointIndex, restWorldPose, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { angleBetweenVectors, subtract, type Vec3, vec3At } from '../../src/math/vec3.js';
import { characterise, type RetargetOptions, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const DEGREE = Math.PI / 180;
const FRAMES = 20;
const source = skeletonOf(figureRows(MIXAMO, inWords));
const mannequin = targetProfile('ue5-mannequin');

/** Every frame bows by 40 degrees, the left thigh lifted; frame 7 stands as at rest. */
function bowing(): Clip {
  const clip = restClip(source, FRAMES, 30);
  for (let f = 0; f < FRAMES; f++) {
    if (f === 7) continue;
    setQuat(
      clip.rotations,
      f * source.joints.length + jointIndex(source, 'Spine'),
      fromAxisAngle([1, 0, 0], 0.7),
    );
  }
  return clip;
}

/** Degrees by which the mannequin's upper body leans in the last frame. */
function lean(options: RetargetOptions): number {
  const { clip } = retargetClip(bowing(), characterise(source), mannequin, characterise(mannequin), options);
  const { positions } = worldPoseOfFrame(clip, FRAMES - 1);
  const at = (name: string): Vec3 => vec3At(positions, jointIndex(mannequin, name));
  return angleBetweenVectors(subtract(at('neck_01'), at('pelvis')), [0, 1, 0]) / DEGREE;
}

it('a pose that is given is the one in which both stand alike', () => {
  const found = lean({});
  expect(found).toBeGreaterThan(25);
  expect(lean({ sourcePose: worldPoseOfFrame(bowing(), 7) })).toBeCloseTo(found, 1);
  // Whoever calls the bow standing gets a mannequin that stands.
  expect(lean({ sourcePose: worldPoseOfFrame(bowing(), 3) })).toBeLessThan(12);
});

it('the mirror image stands in the mirrored pose', () => {
  const pose = worldPoseOfFrame(bowing(), 3);
  expect(lean({ sourcePose: pose, mirror: true })).toBeCloseTo(lean({ sourcePose: pose }), 6);
});

it('a target stands in the pose that is given for it', () => {
  const rest = restWorldPose(mannequin);
  expect(lean({ targetPose: rest })).toBeCloseTo(lean({}), 6);
  const { calibration } = retargetClip(bowing(), characterise(source), mannequin, characterise(mannequin), {
    targetPose: rest,
    sourcePose: worldPoseOfFrame(bowing(), 7),
  }).report;
  expect(calibration).toMatchObject({ source: 'given', target: 'given' });
});
