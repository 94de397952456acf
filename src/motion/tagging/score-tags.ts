import { type FrameLabels, type TagGroup, UNKNOWN } from './tag-groups.js';

/** Changes of a tag are found where one of the same kind lies no further away, frames. */
const NEAR = 2;

/** How well the tags of a group were found in clips whose labels are known. */
export interface GroupScore {
  readonly group: string;
  readonly clips: number;
  readonly frames: number;
  /** Share of the frames whose label is right. */
  readonly accuracy: number;
  /** Share of the clips of which most frames are right. */
  readonly clipAccuracy: number;
  /** Tags that hold or were found in some frame. */
  readonly tags: readonly TagScore[];
}

/** How well one tag was found. */
export interface TagScore {
  readonly tag: string;
  /** Harmonic mean of precision and recall over frames. */
  readonly f1: number;
  /** The same over beginnings and ends within a clip, each found once, within 2 frames; nothing where there are none. */
  readonly changeF1?: number;
}

/** Labels that were found in a clip, and those that are true. */
export interface ScoredLabels {
  readonly found: FrameLabels;
  readonly truth: FrameLabels;
}

/** Scores found labels group by group; frames and groups whose truth is unknown are left out. */
export function scoreTags(groups: readonly TagGroup[], clips: readonly ScoredLabels[]): GroupScore[] {
  return groups.flatMap(({ name, tags }, g) => {
    const known = clips.flatMap(({ found, truth }) => {
      const frames = Array.from(truth[g].keys()).filter((f) => truth[g][f] !== UNKNOWN);
      if (frames.length === 0) return [];
      return [{ found: frames.map((f) => found[g][f]), truth: frames.map((f) => truth[g][f]) }];
    });
    if (known.length === 0) return [];
    const right = known.map(({ found, truth }) => found.filter((label, f) => label === truth[f]).length);
    const frames = known.reduce((sum, { truth }) => sum + truth.length, 0);
    return [
      {
        group: name,
        clips: known.length,
        frames,
        accuracy: right.reduce((a, b) => a + b, 0) / frames,
        clipAccuracy: right.filter((count, c) => 2 * count > known[c].truth.length).length / known.length,
        tags: tags.flatMap((tag, t) => scoreTag(tag, t, known)),
      },
    ];
  });
}

interface Pair {
  readonly found: readonly number[];
  readonly truth: readonly number[];
}

function scoreTag(tag: string, t: number, known: readonly Pair[]): TagScore[] {
  const frames = { hits: 0, found: 0, there: 0 };
  const changes = { hits: 0, found: 0, there: 0 };
  for (const { found, truth } of known) {
    truth.forEach((label, f) => {
      if (found[f] === t) frames.found++;
      if (label === t) frames.there++;
      if (found[f] === t && label === t) frames.hits++;
    });
    for (const rises of [true, false]) {
      const [own, wanted] = [found, truth].map((labels) => changesOf(labels, t, rises));
      changes.found += own.length;
      changes.there += wanted.length;
      changes.hits += pairs(own, wanted);
    }
  }
  if (frames.found + frames.there === 0) return [];
  const isSteady = changes.found + changes.there === 0;
  return [{ tag, f1: f1Of(frames), ...(!isSteady && { changeF1: f1Of(changes) }) }];
}

const f1Of = ({ hits, found, there }: { hits: number; found: number; there: number }): number =>
  (2 * hits) / (found + there);

function changesOf(labels: readonly number[], t: number, rises: boolean): number[] {
  return labels.flatMap((label, f) =>
    f > 0 && (label === t) === rises && (labels[f - 1] === t) !== rises ? [f] : [],
  );
}

/** How many of two rising lists are paired one to one, each pair no further apart than `NEAR`; greedy is the most here. */
function pairs(a: readonly number[], b: readonly number[]): number {
  let [i, j, count] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    if (Math.abs(a[i] - b[j]) <= NEAR) {
      count++;
      i++;
      j++;
    } else if (a[i] < b[j]) i++;
    else j++;
  }
  return count;
}
