import { expect, it } from 'vitest';
import { type Clip, jointIndex, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, skeletonOf } from '../retarget/figure.js';
import { restClip } from '../retarget/rest-clip.js';

const FRAMES = 61;
/** Keys lie so many frames apart, with straight lines between, as in clips that were sampled up. */
const STEP = 6;
const source = skeletonOf(figureRows(MIXAMO, inWords));
const mannequin = targetProfile('ue5-mannequin');

/** Kicks on the spot; the pelvis does not move. */
function kicks(): Clip {
  const count = source.joints.length;
  const clip = restClip(source, FRAMES, 120);
  const key = (k: number): number => [0, 0.5, 0.1, 0.7, 0.2][k % 5];
  for (let f = 0; f < FRAMES; f++) {
    const k = Math.floor(f / STEP);
    const angle = key(k) + (key(k + 1) - key(k)) * (f / STEP - k);
    for (const side of ['Left', 'Right']) {
      const turn = (name: string, by: number): void =>
        setQuat(
          clip.rotations,
          f * count + jointIndex(source, `${side}${name}`),
          fromAxisAngle([1, 0, 0], by),
        );
      turn('UpLeg', -angle);
      turn('Leg', 1.5 * angle);
    }
  }
  return clip;
}

it('corners in the way of the feet are not handed to a pelvis that is still', () => {
  const { clip } = retargetClip(kicks(), characterise(source), mannequin, characterise(mannequin));
  const pelvis = 3 * jointIndex(mannequin, 'pelvis');
  const at = (f: number, k: number): number => worldPoseOfFrame(clip, f).positions[pelvis + k];
  for (let f = 3; f < FRAMES; f++) {
    const jerk = [0, 1, 2].map((k) => at(f, k) - 3 * at(f - 1, k) + 3 * at(f - 2, k) - at(f - 3, k));
    expect(Math.hypot(...jerk)).toBeLessThan(2e-4);
  }
});
