import { classCount, type FrameLabels, type TagGroup } from './tag-groups.js';

/**
 * What it costs to change from one class to another, in nats: a stretch stays only where its frames together are so
 * much surer of it, at its beginning and again at its end, than of what is around it.
 */
const CHANGE_COST = 3;
/** Surer than this the network is never taken to be. */
const LEAST_SHARE = 1e-4;

/** Frames of a clip in which a tag holds, first and last included. */
export interface TagSpan {
  readonly tag: string;
  readonly first: number;
  readonly last: number;
}

/**
 * The most likely way through the classes of each group: [frames] a group, as `FrameLabels`.
 *
 * @param shares [frames, classes], see `tagShares`.
 * @see A. Viterbi, "Error Bounds for Convolutional Codes and an Asymptotically Optimum Decoding Algorithm" (1967).
 */
export function decodeTags(
  groups: readonly TagGroup[],
  shares: Float32Array,
  frameCount: number,
): FrameLabels {
  const classes = shares.length / Math.max(frameCount, 1);
  let at = 0;
  return groups.map((group) => {
    const count = classCount(group);
    const from = at;
    at += count;
    return likeliestWay(frameCount, count, (f, k) =>
      Math.log(Math.max(LEAST_SHARE, shares[f * classes + from + k])),
    );
  });
}

function likeliestWay(
  frameCount: number,
  count: number,
  likelihood: (frame: number, k: number) => number,
): Uint8Array {
  const before = new Uint8Array(frameCount * count);
  let now = Float64Array.from({ length: count }, (_, k) => (frameCount > 0 ? likelihood(0, k) : 0));
  for (let f = 1; f < frameCount; f++) {
    const best = indexOfMost(now);
    const next = new Float64Array(count);
    for (let k = 0; k < count; k++) {
      const stays = now[k] >= now[best] - CHANGE_COST;
      before[f * count + k] = stays ? k : best;
      next[k] = (stays ? now[k] : now[best] - CHANGE_COST) + likelihood(f, k);
    }
    now = next;
  }
  const way = new Uint8Array(frameCount);
  let k = indexOfMost(now);
  for (let f = frameCount - 1; f >= 0; f--) {
    way[f] = k;
    k = before[f * count + k];
  }
  return way;
}

function indexOfMost(values: Float64Array): number {
  let most = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[most]) most = k;
  return most;
}

/** Where each tag holds, in order of group, tag and time. */
export function spansOfLabels(groups: readonly TagGroup[], labels: FrameLabels): TagSpan[] {
  return groups.flatMap(({ tags }, g) =>
    tags.flatMap((tag, t) => {
      const spans: TagSpan[] = [];
      let first = -1;
      for (let f = 0; f <= labels[g].length; f++) {
        const holds = labels[g][f] === t;
        if (holds && first < 0) first = f;
        if (holds || first < 0) continue;
        spans.push({ tag, first, last: f - 1 });
        first = -1;
      }
      return spans;
    }),
  );
}
