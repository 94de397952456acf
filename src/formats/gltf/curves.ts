import { type Keys, sampleNumbers } from './track.js';

/** Keys of one or more float curves. */
export interface CurveTrack extends Keys {
  /** The node that the file attaches the curves to. */
  readonly nodeName: string;
  /** [size]; `undefined` for numbers that are no curve */
  readonly names: readonly (string | undefined)[];
}

/** The float curves of an animation: their names, and their values at a time. */
export interface AnimationCurves {
  readonly names: readonly string[];
  /** Writes the values [names]; nothing is allocated. */
  sample(time: number, out: Float64Array): void;
}

/**
 * Curves from the tracks that hold them.
 *
 * Heads often come in several meshes that share their expressions: tracks of one name and equal keys are one
 * curve. A name that stands for different keys gets its node's name in front, and a number where that is
 * taken too.
 */
export function makeCurves(tracks: readonly CurveTrack[]): AnimationCurves {
  const owners = new Map<string, { readonly track: CurveTrack; readonly column: number }>();
  const nextNumber = new Map<string, number>();
  const isKnown = (name: string, track: CurveTrack, column: number): boolean => {
    const owner = owners.get(name);
    return owner !== undefined && hasSameKeys(owner.track, owner.column, track, column);
  };
  /** The curve's place in the list; −1 where it is no curve or is there already. */
  const place = (track: CurveTrack, name: string | undefined, column: number): number => {
    if (name === undefined) return -1;
    const longer = `${track.nodeName}.${name}`;
    if (isKnown(name, track, column) || isKnown(longer, track, column)) return -1;
    let unique = owners.has(name) ? longer : name;
    for (let n = nextNumber.get(longer) ?? 2; owners.has(unique); n++) {
      unique = `${longer}_${n}`;
      nextNumber.set(longer, n + 1);
    }
    owners.set(unique, { track, column });
    return owners.size - 1;
  };
  const sampled = tracks
    .map((track) => ({ track, slots: track.names.map((name, column) => place(track, name, column)) }))
    .filter(({ slots }) => slots.some((slot) => slot >= 0));
  const row = new Float64Array(sampled.reduce((most, { track }) => Math.max(most, track.size), 0));
  return {
    names: [...owners.keys()],
    sample(time, out) {
      for (let i = 0; i < sampled.length; i++) {
        const { track, slots } = sampled[i];
        sampleNumbers(track, time, row, 0);
        for (let column = 0; column < slots.length; column++)
          if (slots[column] >= 0) out[slots[column]] = row[column];
      }
    },
  };
}

/** Whether a column of one track's keys has the times and values of another's. */
function hasSameKeys(a: CurveTrack, columnA: number, b: CurveTrack, columnB: number): boolean {
  if (a.interpolation !== b.interpolation || a.times.length !== b.times.length) return false;
  const rows = a.values.length / a.size;
  for (let row = 0; row < rows; row++)
    if (a.values[row * a.size + columnA] !== b.values[row * b.size + columnB]) return false;
  return a.times === b.times || a.times.every((time, k) => time === b.times[k]);
}
