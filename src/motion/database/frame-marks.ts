import type { ClipEvent } from '../../clip/index.js';

/** What a clip's events say of its frames. */
export interface FrameMarks {
  /** [frames], 1 where a frame is kept out of the database's answers and its numbers out of what is fitted. */
  readonly excluded: Uint8Array;
  /** [frames], 1 where a frame may only be played on to, never jumped to. */
  readonly blocked: Uint8Array;
  /** [frames], added to the cost of a frame. */
  readonly costBias: Float32Array;
  /** [frames], instead of the search's own continuing bias; NaN where nothing is said. */
  readonly continuingBias: Float32Array;
  /** Frames of every other event that lasts: [frames], 1 while it does. */
  readonly tags: ReadonlyMap<string, Uint8Array>;
}

/** Unreal's notify states, by what their names end in, and the cost that they carry where none is given. */
const STATES = [
  { name: 'PoseSearchExcludeFromDatabase', kind: 'exclude', cost: 0 },
  { name: 'PoseSearchBlockTransition', kind: 'block', cost: 0 },
  { name: 'PoseSearchModifyCost', kind: 'cost', cost: -1 },
  { name: 'PoseSearchOverrideContinuingPoseCostBias', kind: 'continuing', cost: -1 },
] as const;

/** `AnimNotifyState_PoseSearchModifyCost (-0.5)`: a name, perhaps with Unreal's prefix, suffix and a cost. */
const NAMED =
  /^(?:AnimNotifyState_)?(PoseSearch[A-Za-z]+?)(?:_C)?(?:_\d+)?\s*(?:[(=:]\s*([-+]?[\d.]+(?:e[-+]?\d+)?)\s*\)?)?$/i;

/**
 * Reads events that are named like Unreal's PoseSearch notify states, and takes every other event that lasts for a tag.
 *
 * A frame is inside an event from its time to its time and duration, both included. Costs add up where events overlap;
 * of continuing biases the last counts. Events of PoseSearch that say nothing of frames are passed over.
 */
export function frameMarks(events: readonly ClipEvent[], frameCount: number, rateHz: number): FrameMarks {
  const excluded = new Uint8Array(frameCount);
  const blocked = new Uint8Array(frameCount);
  const costBias = new Float32Array(frameCount);
  const continuingBias = new Float32Array(frameCount).fill(Number.NaN);
  const tags = new Map<string, Uint8Array>();
  for (const { name, time, duration } of events) {
    const first = Math.max(0, Math.ceil(time * rateHz - 1e-6));
    const end = Math.min(frameCount, Math.floor((time + duration) * rateHz + 1e-6) + 1);
    const match = NAMED.exec(name.trim());
    if (!match) {
      if (duration <= 0 || first >= end) continue;
      const tag = tags.get(name) ?? new Uint8Array(frameCount);
      tags.set(name, tag.fill(1, first, end));
      continue;
    }
    const state = STATES.find((known) => known.name.toLowerCase() === match[1].toLowerCase());
    const cost = match[2] === undefined ? (state?.cost ?? 0) : Number(match[2]);
    for (let f = first; f < end; f++) {
      if (state?.kind === 'exclude') excluded[f] = 1;
      else if (state?.kind === 'block') blocked[f] = 1;
      else if (state?.kind === 'cost') costBias[f] += cost;
      else if (state?.kind === 'continuing') continuingBias[f] = cost;
    }
  }
  return { excluded, blocked, costBias, continuingBias, tags };
}
