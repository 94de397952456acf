import { expect, it } from 'vitest';
import { jointIndex } from '../../src/clip/index.js';
import { fromAxisAngle, setQuat } from '../../src/math/quat.js';
import { characterise, retargetClip, targetProfile } from '../../src/retarget/index.js';
import { figureRows, inWords, MIXAMO, type Row, skeletonOf } from '../retarget/figure.js';
import { restClip } from '../retarget/rest-clip.js';

const FRAMES = 40;

it('a child whose arms are short for its legs swings a grown-up’s arms where its own point', () => {
  const child = skeletonOf(
    figureRows(MIXAMO, inWords).map(([name, parent, x, y, z]): Row => {
      const along = Math.abs(x) > 0.18 && y > 1 ? Math.sign(x) * (0.18 + 0.4 * (Math.abs(x) - 0.18)) : x;
      return [name, parent, along, y, z];
    }),
  );
  const clip = restClip(child, FRAMES, 30);
  for (let f = 0; f < FRAMES; f++) {
    for (const side of ['Left', 'Right']) {
      // Swings with corners, as hand-set keys give them.
      const swing = 0.9 * Math.abs(((f / 6) % 2) - 1);
      const row = f * child.joints.length + jointIndex(child, `${side}Arm`);
      setQuat(clip.rotations, row, fromAxisAngle([0, 1, 0], side === 'Left' ? -swing : swing));
    }
    clip.translations[3 * f * child.joints.length + 1] += 0.01 * Math.sin(f);
  }
  const mannequin = targetProfile('ue5-mannequin');
  const { quality } = retargetClip(clip, characterise(child), mannequin, characterise(mannequin)).report;
  expect(quality.armDegrees).toBeLessThan(0.3);
});
