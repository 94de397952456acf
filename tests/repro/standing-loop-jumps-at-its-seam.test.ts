import { expect, it } from 'vitest';
import { type Clip, jointIndex, worldPoseOfFrame } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { size3 } from '../../src/math/size.js';
import { characterise, QUALITIES, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, skeletonOf } from '../retarget/figure.js';
import { restClip } from '../retarget/rest-clip.js';

const FRAMES = 241;
const source = skeletonOf(figureRows(MIXAMO, inWords));
const mannequin = targetProfile('ue5-mannequin');

/** Metres; the whole-clip solve holds speeds, and forgets where the frames looked at begin over some seconds. */
const GAP = { high: 1.8e-3, fast: 2e-4 };

/** Stands for eight seconds and sways from foot to foot and back, its feet slipping along; ends as it began. */
function swayingLoop(): Clip {
  const count = source.joints.length;
  const clip = restClip(source, FRAMES, 30);
  for (let f = 0; f < FRAMES; f++) {
    const angle = (2 * Math.PI * f) / (FRAMES - 1);
    clip.translations[3 * count * f] += 0.03 * Math.sin(angle);
    setQuat(
      clip.rotations,
      count * f + jointIndex(source, 'Spine'),
      fromAxisAngle([0, 0, 1], 0.2 * Math.sin(angle)),
    );
  }
  return clip;
}

it.each(QUALITIES)('feet that stand all through a loop end where they began (%s)', (quality) => {
  const loop = swayingLoop();
  const { clip, report } = retargetClip(loop, characterise(source), mannequin, characterise(mannequin), {
    quality,
  });
  expect(report.contacts).toEqual({ L: 1, R: 1 });
  const [begin, end] = [worldPoseOfFrame(clip, 0).positions, worldPoseOfFrame(clip, FRAMES - 1).positions];
  for (const name of ['pelvis', 'ball_l', 'ball_r', 'hand_l']) {
    const at = 3 * jointIndex(mannequin, name);
    const gap = size3(end[at] - begin[at], end[at + 1] - begin[at + 1], end[at + 2] - begin[at + 2]);
    expect(gap, name).toBeLessThan(GAP[quality]);
  }
});
