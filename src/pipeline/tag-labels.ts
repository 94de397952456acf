import { makeRate } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { type ClipLabels, CONTACT_TAGS, frameMarks, legLength, type MotionTrack } from '../motion/index.js';
import { feetContacts } from '../retarget/index.js';
import { CONTACT_CURVES } from './contact-curves.js';
import type { ManifestClip, MarkedStretches } from './manifest.js';
import type { OpenedTrack } from './motion-track-of-file.js';

/** A clip whose labels are wanted. */
export interface LabelledFile {
  readonly name: string;
  readonly track: MotionTrack;
  readonly marks: Pick<OpenedTrack, 'events' | 'curves'>;
  readonly listed: ManifestClip | undefined;
}

/**
 * What is known of a clip: its label or its folders, the stretches that its manifest marks, its events that last, and its
 * curves of contact.
 *
 * @param folders The folders below the one that was given are labels.
 * @throws GaitwayError `tagger/label-length` where stretches were marked in a clip of another length.
 */
export function labelsOfClip({ name, track, marks, listed }: LabelledFile, folders: boolean): ClipLabels {
  const label = listed?.label ?? '';
  const { tags } = frameMarks(marks.events, track.frameCount, track.rateHz);
  const found = new Map(tags);
  for (const { curve, tag } of CONTACT_CURVES) {
    const values = marks.curves.find((known) => known.name === curve)?.values;
    if (values)
      found.set(
        tag,
        Uint8Array.from(values, (value) => (value >= 0.5 ? 1 : 0)),
      );
  }
  for (const [tag, frames] of listed?.marked ? framesMarked(name, track, listed.marked) : [])
    found.set(tag, frames);
  // Whoever marked stretches has said more than the label of the whole clip does.
  const isMarked = [...found.keys()].some((tag) => !CONTACT_TAGS.some((contact) => contact === tag));
  return {
    name,
    frameCount: track.frameCount,
    whole: isMarked ? [] : label !== '' ? [label] : folders ? name.split('/').slice(0, -1) : [],
    marks: found,
  };
}

function framesMarked(
  name: string,
  { frameCount, rateHz }: MotionTrack,
  { fps, frames, stretches }: MarkedStretches,
): [string, Uint8Array][] {
  const there = ((frameCount - 1) * fps) / rateHz + 1;
  const marked = Math.max(0, ...Object.values(stretches).flatMap((list) => list.map(([, last]) => last + 1)));
  const wanted = frames ?? marked;
  // A clip at another rate may lose less than one of its new frames at its end.
  const spare = 0.5 + fps / rateHz;
  if (marked > there + spare || Math.abs(wanted - there) > (frames === undefined ? wanted : spare)) {
    throw new GaitwayError(
      'tagger/label-length',
      `The labels of ${name} are for ${wanted} frames at ${fps} frames a second, but the clip has ${Math.round(there)}; mark its own frames, or give the right "fps" and "frames".`,
      { clip: name, found: Math.round(there), wanted },
    );
  }
  return Object.entries(stretches).map(([tag, list]) => {
    const mask = new Uint8Array(frameCount);
    for (let f = 0; f < frameCount; f++) {
      const place = Math.round((f * fps) / rateHz);
      if (list.some(([first, last]) => place >= first && place <= last)) mask[f] = 1;
    }
    return [tag, mask];
  });
}

/** Where the feet of a track stand by height and speed, as retargeting finds it: [frames] by contact tag. */
export function contactsByGeometry(track: MotionTrack): Map<string, Uint8Array> {
  const roles = Object.fromEntries(track.roles.map((role, joint) => [role, joint]));
  const feet = feetContacts(
    { positions: track.positions, jointCount: track.roles.length, frameCount: track.frameCount },
    { roles },
    makeRate(Math.round(track.rateHz * 1000), 1000),
    legLength(track),
    0,
  );
  const found = new Map<string, Uint8Array>();
  for (const [side, tag] of [
    ['L', CONTACT_TAGS[0]],
    ['R', CONTACT_TAGS[1]],
  ] as const) {
    const foot = feet[side];
    if (foot) found.set(tag, foot.standing);
  }
  return found;
}
