import { clipOfRow, type MotionDatabase } from '../database/database.js';

/**
 * What is to be said of a stretch of a clip: `dead`: no search answers with it; `blocked`: it may be played on
 * to only; `repeated`: another clip has it too; `never chosen`: others beat it; `used`: none of these.
 */
export const STRETCH_STATES = ['used', 'never chosen', 'repeated', 'blocked', 'dead'] as const;
export type StretchState = (typeof STRETCH_STATES)[number];

export interface ClipStrip {
  readonly clip: string;
  readonly seconds: number;
  /** Seconds in each state. */
  readonly secondsOf: Readonly<Record<StretchState, number>>;
  /** From its start to its end without a gap; seconds. */
  readonly stretches: readonly {
    readonly state: StretchState;
    readonly from: number;
    readonly to: number;
  }[];
}

/** Clips that are drawn; a page has no room for thousands. */
const MOST_STRIPS = 40;

/**
 * The clips with the most seconds that bring nothing, in stretches. A frame is taken for what the nearest probe
 * is.
 */
export function clipStrips(
  database: MotionDatabase,
  probes: Int32Array,
  repeated: Int32Array,
  neverChosen: Int32Array,
): ClipStrip[] {
  const { clips, rateHz } = database;
  const states = statesOfRows(database, probes, repeated, neverChosen);
  const idle = new Float64Array(clips.length);
  states.forEach((state, row) => {
    if (state > 0) idle[clipOfRow(database, row)]++;
  });
  const order = [...clips.keys()].sort((a, b) => idle[b] - idle[a] || a - b).slice(0, MOST_STRIPS);
  return order.map((c) => {
    const { name, start, frameCount } = clips[c];
    const counts = STRETCH_STATES.map(() => 0);
    const stretches: ClipStrip['stretches'][number][] = [];
    for (let row = start; row < start + frameCount; ) {
      const first = row;
      while (row < start + frameCount && states[row] === states[first]) row++;
      counts[states[first]] += row - first;
      stretches.push({
        state: STRETCH_STATES[states[first]],
        from: (first - start) / rateHz,
        to: (row - start) / rateHz,
      });
    }
    return {
      clip: name,
      seconds: frameCount / rateHz,
      secondsOf: Object.fromEntries(
        STRETCH_STATES.map((state, k) => [state, counts[k] / rateHz]),
      ) as ClipStrip['secondsOf'],
      stretches,
    };
  });
}

function statesOfRows(
  database: MotionDatabase,
  probes: Int32Array,
  repeated: Int32Array,
  neverChosen: Int32Array,
): Uint8Array {
  const { valid, clips, frameCount } = database;
  const states = new Uint8Array(frameCount);
  const place = (state: StretchState): number => STRETCH_STATES.indexOf(state);
  const isRepeated = new Set(repeated);
  const isNever = new Set(neverChosen);
  probes.forEach((row, p) => {
    const { start, frameCount: count } = clips[clipOfRow(database, row)];
    const from = Math.max(start, Math.ceil((row + (probes[p - 1] ?? -Infinity)) / 2));
    const to = Math.min(start + count, Math.ceil((row + (probes[p + 1] ?? Infinity)) / 2));
    const state = isRepeated.has(row) ? 'repeated' : isNever.has(row) ? 'never chosen' : 'used';
    states.fill(place(state), from, to);
  });
  valid.forEach((value, row) => {
    if (value === 0) states[row] = place('dead');
    else if (value === 2) states[row] = place('blocked');
  });
  return states;
}
