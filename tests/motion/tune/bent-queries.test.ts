import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { extractFeatures } from '../../../src/motion/features/extract.js';
import { layoutOf } from '../../../src/motion/features/layout.js';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { bentRows } from '../../../src/motion/tune/bent-queries.js';
import { madeWalk } from '../made-tracks.js';

const track = madeWalk({ frames: 400, speed: 2, turn: 0.3, heading: 1, cadence: 2 });
const layout = layoutOf(
  parseFeatureSchema({
    name: 'asked',
    channels: [
      { type: 'position', role: 'footL' },
      { type: 'velocity', role: 'pelvis', space: 'character' },
      { type: 'trajectory', samples: [{ time: -0.4, position: true }] },
      { type: 'trajectory', samples: [{ time: 0, velocity: true }] },
      { type: 'trajectory', samples: [{ time: 0.5, position: true }] },
      { type: 'trajectory', samples: [{ time: 0.5, facing: true }] },
    ],
  }),
);
const frames = Int32Array.from({ length: 300 }, (_, i) => i + 50);
const truth = extractFeatures(track, layout);
const rowsOf = (share: number) => bentRows(track, frames, layout, share, seededRandom(9));
const difference = (rows: Float32Array, i: number, k: number): number =>
  rows[i * layout.dimension + k] - truth.rows[frames[i] * layout.dimension + k];

describe('bentRows', () => {
  it('gives the true rows where no path is bent', () => {
    const { rows, valid } = rowsOf(0);
    for (let i = 0; i < frames.length; i++) {
      expect(valid[i]).toBe(truth.valid[frames[i]]);
      for (let k = 0; k < layout.dimension; k++) expect(difference(rows, i, k)).toBeCloseTo(0, 5);
    }
  });

  it('bends what lies ahead by 5 cm and 10 % of the way, and leaves pose, past and present alone', () => {
    const { rows } = rowsOf(1);
    let square = 0;
    let turn = 0;
    for (let i = 0; i < frames.length; i++) {
      for (let k = 0; k < 10; k++) expect(difference(rows, i, k)).toBeCloseTo(0, 5);
      square += (difference(rows, i, 10) ** 2 + difference(rows, i, 11) ** 2) / (2 * frames.length);
      const at = i * layout.dimension + 12;
      const own = frames[i] * layout.dimension + 12;
      const angle = Math.atan2(rows[at], rows[at + 1]) - Math.atan2(truth.rows[own], truth.rows[own + 1]);
      turn += angle ** 2 / frames.length;
    }
    // 2 m/s for half a second: 5 cm and a tenth of one metre.
    expect(Math.sqrt(square)).toBeCloseTo(0.15, 1);
    expect((Math.sqrt(turn) * 180) / Math.PI).toBeGreaterThan(13);
    expect((Math.sqrt(turn) * 180) / Math.PI).toBeLessThan(17);
  });
});
