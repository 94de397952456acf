import { seededRandom } from '../../math/random.js';
import { drawBends } from './bent-path.js';
import type { Examples } from './examples.js';
import type { InputPlan } from './inputs.js';
import { type Scaling, scaledRows, toTable } from './rows.js';
import { inputRows, type PathTold, type Samples, targetRows } from './samples.js';
import { projectedRows, type TargetSpace } from './targets.js';

/** How paths ahead are told in training. */
export interface PathSettings {
  readonly seed: number;
  /** Share of the moments whose path is bent anew in every epoch. */
  readonly noiseShare: number;
  /** Share of the moments whose path is what a spring controller predicts, drawn anew in every epoch. */
  readonly predictedShare: number;
}

/** Scaled inputs of every epoch: the clean table, in which the drawn rows are made again with another path. */
export function queryExamples(
  samples: Samples,
  plan: InputPlan,
  scaling: Scaling,
  y: Float32Array,
  settings: PathSettings,
): (epoch: number) => Examples {
  const clean = toTable(scaledRows(inputRows(samples, plan), scaling));
  const x = new Float32Array(clean.length);
  const size = clean.length / samples.count;
  const row = new Float64Array(size);
  return (epoch) => {
    x.set(clean);
    const told = pathsTold(samples.count, settings, settings.seed + 104729 * (epoch + 1));
    const bent = scaledRows(inputRows(samples, plan, told), scaling);
    for (let i = 0; i < samples.count; i++) {
      if (told.draws[3 * i] === 0 && told.predicted[i] === 0) continue;
      bent.read(i, row);
      x.set(row, i * size);
    }
    return { x, y, count: samples.count };
  };
}

function pathsTold(
  count: number,
  { noiseShare, predictedShare }: PathSettings,
  seed: number,
): Required<PathTold> {
  const random = seededRandom(seed);
  const draws = drawBends(count, noiseShare, random);
  const predicted = new Uint8Array(count);
  if (predictedShare > 0)
    for (let i = 0; i < count; i++) predicted[i] = random.uniform() < predictedShare ? 1 : 0;
  return { draws, predicted };
}

/** The held-out moments, told of their paths as those learned from are. */
export function heldOutExamples(
  samples: Samples,
  plan: InputPlan,
  scaling: Scaling,
  space: TargetSpace,
  settings: PathSettings,
): Examples {
  const told = pathsTold(samples.count, settings, settings.seed ^ 0x5bd1e995);
  return {
    x: toTable(scaledRows(inputRows(samples, plan, told), scaling)),
    y: toTable(projectedRows(targetRows(samples, plan.roles.length), space)),
    count: samples.count,
  };
}
