import { type Clip, type ClipEvent, type Curve, clipDuration, rateHz } from '../clip/index.js';
import type { TagSpan } from '../motion/index.js';
import { CONTACT_CURVES } from './contact-curves.js';

/** Tags of a clip: stretches in frames at a rate, and all tags that were looked for. */
export interface FoundTags {
  readonly rateHz: number;
  readonly tags: readonly string[];
  readonly spans: readonly TagSpan[];
}

/**
 * The clip with its tags in it: an event for every stretch, called after the tag, and the curves of contact. Events and
 * curves of these names that it had are replaced.
 */
export function taggedClip(clip: Clip, { rateHz: tagRate, tags, spans }: FoundTags): Clip {
  const duration = clipDuration(clip);
  const events: ClipEvent[] = spans.map(({ tag, first, last }) => {
    // A frame stands for half a frame to both sides, so that a tag holds in the same frames whatever the rate.
    const from = Math.max(0, (first - 0.5) / tagRate);
    const to = Math.min(duration, (last + 0.5) / tagRate);
    return { name: tag, time: from, duration: to - from };
  });
  const curves: Curve[] = CONTACT_CURVES.filter(({ tag }) => tags.includes(tag)).map(({ curve, tag }) => ({
    name: curve,
    values: Float64Array.from({ length: clip.frameCount }, (_, f) => {
      const frame = Math.round((f * tagRate) / rateHz(clip.rate));
      return spans.some((span) => span.tag === tag && frame >= span.first && frame <= span.last) ? 1 : 0;
    }),
  }));
  const kept = clip.events.filter(({ name }) => !tags.includes(name));
  return {
    ...clip,
    events: [...kept, ...events].sort((a, b) => a.time - b.time),
    curves: [...clip.curves.filter(({ name }) => !curves.some((curve) => curve.name === name)), ...curves],
  };
}
