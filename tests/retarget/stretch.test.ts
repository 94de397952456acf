import { expect, it } from 'vitest';
import { type Clip, jointIndex, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { distance, vec3At } from '../../src/math/vec3.js';
import { characterise, type RetargetOptions, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, skeletonOf } from './figure.js';
import { restClip } from './rest-clip.js';

const FRAMES = 20;
const LONGER = 0.1;
const source = skeletonOf(figureRows(MIXAMO, inWords));
const mannequin = targetProfile('ue5-mannequin');

/** A figure that bows, and whose left forearm grows by ten centimetres on the way. */
function growing(): Clip {
  const count = source.joints.length;
  const clip = restClip(source, FRAMES, 30);
  for (let f = 0; f < FRAMES; f++) {
    setQuat(clip.rotations, f * count + jointIndex(source, 'Hips'), fromAxisAngle([1, 0, 0], 0.02 * f));
    clip.translations[3 * (f * count + jointIndex(source, 'LeftHand'))] += (LONGER * f) / (FRAMES - 1);
  }
  return clip;
}

/** By how much the mannequin's left forearm is longer in the last frame than in the first, metres. */
function grown(options: RetargetOptions): { metres: number; ratio: number } {
  const { clip, report } = retargetClip(
    growing(),
    characterise(source),
    mannequin,
    characterise(mannequin),
    options,
  );
  const length = (f: number): number => {
    const { positions } = worldPoseOfFrame(clip, f);
    const at = (name: string) => vec3At(positions, jointIndex(mannequin, name));
    return distance(at('lowerarm_l'), at('hand_l'));
  };
  return { metres: length(FRAMES - 1) - length(0), ratio: report.legRatio };
}

it('joints keep their distances unless their chain may stretch', () => {
  expect(Math.abs(grown({}).metres)).toBeLessThan(1e-9);
  expect(Math.abs(grown({ stretch: ['spine', 'legs'] }).metres)).toBeLessThan(1e-9);
  const { metres, ratio } = grown({ stretch: ['arms'], quality: 'fast' });
  expect(metres).toBeCloseTo(ratio * LONGER, 3);
  expect(grown({ stretch: ['arms'] }).metres).toBeCloseTo(ratio * LONGER, 3);
});
