import type { MotionTrack } from '../features/motion-track.js';
import type { Encoder } from './encoder.js';
import { inputBlocks } from './inputs.js';
import { networkRunner } from './network.js';
import { type Rows, scaledRows } from './rows.js';
import { inputRows, samplesOf } from './samples.js';

/** How far hand-made numbers spread against latents: places and velocities of the feet, the hip's velocity, the path. */
const WEIGHTS = { footPlace: 6, footVelocity: 8, hipVelocity: 3, path: 6 };

/** Numbers that share one scale: columns of an input row. */
interface Group {
  readonly columns: readonly number[];
  readonly weight: number;
}

/**
 * The same encoder with hand-made numbers beside its latents: places and velocities of the feet, velocity of the hip,
 * and the path ahead. Database and queries are then encoded alike, without the clip's true future.
 *
 * Latents alone tell how motion goes on; a figure that is played must also land on a pose whose feet fit, and go
 * where it is told though nothing in the database went there from such a pose.
 *
 * @param tracks What the encoder learned from: they say how far its numbers spread.
 */
export function withPlayFeatures(encoder: Encoder, tracks: readonly MotionTrack[]): Encoder {
  const { plan, scaling, network, dim } = encoder;
  const x = scaledRows(inputRows(samplesOf(tracks), plan), scaling);
  const spreads = deviations(x);
  const unit = latentSpread(encoder, x);
  const columns = groupsOf(encoder).flatMap(({ columns: own, weight }) => {
    const spread = own.reduce((sum, column) => sum + spreads[column], 0) / own.length;
    return own.map((column) => ({ column, factor: spread > 0 ? (weight * unit) / spread : 0 }));
  });

  const wider = dim + columns.length;
  const widened = (matrix: Float32Array): Float32Array => {
    const out = new Float32Array((matrix.length / dim) * wider);
    for (let from = 0, to = 0; from < matrix.length; from += dim, to += wider)
      out.set(matrix.subarray(from, from + dim), to);
    return out;
  };
  const shortcut = widened(network.shortcut ?? new Float32Array(x.size * dim));
  columns.forEach(({ column, factor }, k) => {
    shortcut[column * wider + dim + k] = factor;
  });
  const { architecture, arrays } = network;
  const { future: _, ...rest } = encoder;
  return {
    ...rest,
    dim: wider,
    network: {
      architecture: {
        ...architecture,
        outputs: wider,
        head:
          architecture.head.length > 0
            ? [...architecture.head.slice(0, -1), { op: 'dense', outputs: wider }]
            : [],
      },
      arrays: arrays.map((array, n) => (n >= arrays.length - 2 ? widened(array) : array)),
      shortcut,
    },
  };
}

function groupsOf({ plan }: Encoder): Group[] {
  const width = 3 * plan.roles.length;
  const joint = (role: string, from: number, weight: number): Group => {
    const at = from + 3 * plan.roles.indexOf(role);
    return { columns: [at, at + 1, at + 2], weight };
  };
  const starts = new Map<string, Group>();
  let at = 0;
  for (const { name, size } of inputBlocks(plan)) {
    const columns = Array.from({ length: size }, (_, k) => at + k);
    starts.set(name, { columns, weight: WEIGHTS.path });
    at += size;
  }
  return [
    joint('footL', 0, WEIGHTS.footPlace),
    joint('footR', 0, WEIGHTS.footPlace),
    joint('footL', width, WEIGHTS.footVelocity),
    joint('footR', width, WEIGHTS.footVelocity),
    joint('pelvis', width, WEIGHTS.hipVelocity),
    ...['path ahead place', 'path ahead facing'].flatMap((name) => starts.get(name) ?? []),
  ];
}

/** The standard deviation of each column. */
function deviations(rows: Rows): Float64Array {
  const [mean, square] = [new Float64Array(rows.size), new Float64Array(rows.size)];
  const row = new Float64Array(rows.size);
  for (let i = 0; i < rows.count; i++) {
    rows.read(i, row);
    for (let k = 0; k < rows.size; k++) {
      mean[k] += row[k] / rows.count;
      square[k] += row[k] ** 2 / rows.count;
    }
  }
  return square.map((value, k) => Math.sqrt(Math.max(0, value - mean[k] ** 2)));
}

/** Enough rows to know how far latents spread. */
const ENOUGH_ROWS = 5000;

/** The mean standard deviation of the latents. */
function latentSpread({ network, dim }: Encoder, x: Rows): number {
  const run = networkRunner(network);
  const stride = Math.max(1, Math.floor(x.count / ENOUGH_ROWS));
  const row = new Float64Array(x.size);
  const spreads = deviations({
    count: Math.ceil(x.count / stride),
    size: dim,
    read(index, out) {
      x.read(index * stride, row);
      run(row, out);
    },
  });
  return spreads.reduce((sum, spread) => sum + spread, 0) / dim;
}
