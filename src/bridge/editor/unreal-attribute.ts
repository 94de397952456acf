import { z } from 'zod';
import type { AttributeValue, Clip, ClipEvent } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { UeAnimationSettings, type UeMarks } from '../protocol/index.js';

/** The attribute of a clip that keeps what only Unreal has a place for, so that a push brings it back. */
const NAME = 'unreal-animation';

/** How an event of a clip is told in Unreal: a notify of a class, or a sync marker, on a track. */
const Mark = z.union([
  z.strictObject({ name: z.string(), track: z.string().min(1), class: z.string(), state: z.boolean() }),
  z.strictObject({ name: z.string().min(1), track: z.string().min(1), marker: z.literal(true) }),
]);
type Mark = z.infer<typeof Mark>;

const UnrealAttribute = z.strictObject({
  asset: z.string(),
  skeleton: z.string(),
  settings: UeAnimationSettings,
  /** Event name → mark; events that are not here become montage notifies. */
  events: z.record(z.string(), Mark),
});
type UnrealAttribute = z.infer<typeof UnrealAttribute>;

/** Events that come from no Unreal asset are told by notifies that carry a name, on a track of their own. */
const TRACK = 'Gaitway';
const NAMED = '/Script/AnimGraphRuntime.AnimNotify_PlayMontageNotify';
const NAMED_WINDOW = '/Script/AnimGraphRuntime.AnimNotify_PlayMontageNotifyWindow';

/** What a pulled animation has besides its motion, as events and an attribute of a clip. */
export function marksOfPull(
  pulled: Pick<UnrealAttribute, 'asset' | 'skeleton' | 'settings'> & { readonly marks: UeMarks },
): Pick<Clip, 'events' | 'attributes'> {
  const marks = new Map<string, Mark>();
  const events: ClipEvent[] = [];
  const add = (mark: Mark, time: number, duration: number): void => {
    events.push({ name: nameFor(mark, marks), time, duration });
  };
  for (const { seconds, duration, ...mark } of pulled.marks.notifies) add(mark, seconds, duration);
  for (const { seconds, ...mark } of pulled.marks.markers) add({ ...mark, marker: true }, seconds, 0);
  const { asset, skeleton, settings } = pulled;
  const value: UnrealAttribute = { asset, skeleton, settings, events: Object.fromEntries(marks) };
  return {
    events: events.sort((a, b) => a.time - b.time),
    attributes: [{ joint: '', name: NAME, value: value as AttributeValue }],
  };
}

/** The mark's own name, or one with the track where another mark has that; the name is noted. */
function nameFor(mark: Mark, marks: Map<string, Mark>): string {
  const key = JSON.stringify(mark);
  const own = mark.name || 'notify';
  for (let count = 0; ; count++) {
    const name =
      count === 0 ? own : count === 1 ? `${own} (${mark.track})` : `${own} (${mark.track} ${count})`;
    const other = marks.get(name);
    if (other === undefined) marks.set(name, mark);
    if (other === undefined || JSON.stringify(other) === key) return name;
  }
}

export interface ToUnreal {
  /** Settings to set; those that are not here stay. */
  readonly settings: Partial<UeAnimationSettings>;
  readonly marks: UeMarks;
  readonly told: readonly Warning[];
}

/**
 * What a push of a clip sets besides its motion: the events as notifies and sync markers, and the settings that a pull
 * had found. Additive settings belong to a skeleton and are left out for another.
 */
export function toUnreal(clip: Clip, skeleton: string): ToUnreal {
  const { kept, told } = readAttribute(clip);
  const marks: UeMarks = { notifies: [], markers: [] };
  for (const { name, time, duration } of clip.events) {
    const mark: Mark = kept?.events[name] ?? {
      name,
      track: TRACK,
      class: duration > 0 ? NAMED_WINDOW : NAMED,
      state: duration > 0,
    };
    const seconds = Math.max(0, time);
    if ('marker' in mark) marks.markers.push({ track: mark.track, name: mark.name, seconds });
    else marks.notifies.push({ ...mark, seconds, duration });
  }
  if (!kept) return { settings: {}, marks, told };
  if (kept.skeleton === skeleton || kept.settings.additive_anim_type === 'AAT_NONE')
    return { settings: kept.settings, marks, told: [] };
  const {
    additive_anim_type: type,
    ref_pose_type: _type,
    ref_pose_seq: _base,
    ref_frame_index: _frame,
    ...settings
  } = kept.settings;
  const message = `"${clip.name}" was additive (${type}) on ${kept.skeleton}; on ${skeleton} it is pushed as a full pose.`;
  return { settings, marks, told: [{ code: 'bridge/additive', message }] };
}

function readAttribute({ name, attributes }: Clip): { kept?: UnrealAttribute; told: readonly Warning[] } {
  const attribute = attributes.find(({ joint, name: own }) => joint === '' && own === NAME);
  if (!attribute) return { told: [] };
  // FBX keeps only plain values, so there it is a text.
  const value = typeof attribute.value === 'string' ? parsedText(attribute.value) : attribute.value;
  const parsed = UnrealAttribute.safeParse(value);
  if (parsed.success) return { kept: parsed.data, told: [] };
  const places = parsed.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`);
  const message =
    `The attribute "${NAME}" of "${name}" is not one that a pull made (${places.join('; ')}); its settings are not ` +
    'pushed, and events become montage notifies.';
  return { told: [{ code: 'bridge/bad-attribute', message }] };
}

function parsedText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
