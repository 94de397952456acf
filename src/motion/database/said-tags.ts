import { CONTACT_TAGS, footContacts } from '../features/contacts.js';
import { GAIT_TAGS, type GaitTag, gaitTags } from '../features/gait-tags.js';
import type { MotionTrack } from '../features/motion-track.js';

/** Of these one holds in every frame. */
const GAITS: readonly GaitTag[] = ['idle', 'walk', 'run'];

/** Gait and contacts of a clip as a database has them. */
export interface SaidTags {
  /** [frames], bit k where `GAIT_TAGS[k]` holds. */
  readonly gait: Uint32Array;
  /** [frames, 2], 1 while the left, right foot stands. */
  readonly contacts: Uint8Array;
}

/**
 * What a clip's events say of gait and contacts, and what is found in the motion where they say nothing.
 *
 * Frames in which an event says idle, walk or run are nothing else of the three. A turn, strafe, start or stop that
 * events speak of, and the contacts of both feet where they speak of one, are as the events say over the whole clip.
 *
 * @param said Frames of events by their names, [frames], 1 while one lasts.
 */
export function saidTags(track: MotionTrack, said: ReadonlyMap<string, Uint8Array>): SaidTags {
  const gait = gaitTags(track);
  const { frameCount } = track;
  const all = GAITS.reduce((mask, tag) => mask | bitOf(tag), 0);
  for (let f = 0; f < frameCount; f++) if (GAITS.some((tag) => said.get(tag)?.[f] === 1)) gait[f] &= ~all;
  for (const tag of GAIT_TAGS) {
    const own = said.get(tag);
    if (!own) continue;
    for (let f = 0; f < frameCount; f++) {
      if (own[f] === 1) gait[f] |= bitOf(tag);
      else if (!GAITS.includes(tag)) gait[f] &= ~bitOf(tag);
    }
  }
  const feet = CONTACT_TAGS.map((tag) => said.get(tag));
  if (feet.every((foot) => foot === undefined)) return { gait, contacts: footContacts(track) };
  const contacts = new Uint8Array(2 * frameCount);
  for (let f = 0; f < frameCount; f++)
    feet.forEach((foot, side) => {
      contacts[2 * f + side] = foot?.[f] ?? 0;
    });
  return { gait, contacts };
}

const bitOf = (tag: GaitTag): number => 1 << GAIT_TAGS.indexOf(tag);
