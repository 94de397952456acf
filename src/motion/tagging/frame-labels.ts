import { GaitwayError } from '../../errors.js';
import { CONTACT_TAGS } from '../features/contacts.js';
import { type FrameLabels, type TagGroup, UNKNOWN } from './tag-groups.js';

/** What people have said of a clip. */
export interface ClipLabels {
  readonly name: string;
  readonly frameCount: number;
  /** What the clip is as a whole: its label in a manifest, or its folders, outermost first. */
  readonly whole: readonly string[];
  /** What holds in parts of it: [frames], 1 where it does. Whoever marks one of these has marked all that are there. */
  readonly marks: ReadonlyMap<string, Uint8Array>;
}

/** A group with the labels that stand for each of its tags. */
export interface LabelledGroup extends TagGroup {
  /** Labels by tag, in the order of `tags`. */
  readonly labels: readonly (readonly string[])[];
}

/** Groups as people write them down: `{"gait": {"run": ["run", "dash"], "walk": ["walk-left", "walk"]}}`. */
export type GroupChoice = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The tag under which labels are listed that mean none of a group's tags. */
export const NO_TAG = 'none';

/** Groups that labels of these names make without being told. */
const USUAL_GROUPS: GroupChoice = {
  gait: { idle: ['idle'], walk: ['walk'], run: ['run'] },
  turn: { 'turn-left': ['turn-left'], 'turn-right': ['turn-right'] },
};

const isContact = (label: string): boolean => CONTACT_TAGS.some((tag) => tag === label);

/**
 * The groups that the labels of clips make: each foot's contact; the gaits and the turns where two of them are marked in
 * parts of clips; every other mark alone; and one group of all labels of whole clips (of folders, one for each depth). With a `choice`,
 * whole clips' labels and marks go where it says.
 *
 * @throws GaitwayError `tagger/unknown-label` where a clip has a label that the choice does not name.
 */
export function groupLabels(clips: readonly ClipLabels[], choice?: GroupChoice): LabelledGroup[] {
  const marked = sorted(
    clips.flatMap(({ marks }) => [...marks.keys()].filter((label) => marks.get(label)?.includes(1))),
  );
  const contacts = CONTACT_TAGS.filter((tag) => marked.includes(tag)).map((tag) => alone(tag));
  const parts = marked.filter((label) => !isContact(label));
  const groups = choice ? chosenGroups(clips, choice) : usualGroups(clips, parts);
  return [...contacts, ...groups].map((group) => ({
    ...group,
    optional: clips.some((clip) => labelsInGroup(group, clip).includes(group.tags.length)),
  }));
}

/** The groups of which labelled frames have more than one label; of the others there is nothing to learn. */
export const tellingGroups = (
  groups: readonly LabelledGroup[],
  clips: readonly ClipLabels[],
): LabelledGroup[] =>
  groups.filter((group) => {
    const found = new Set(clips.flatMap((clip) => [...new Set(labelsInGroup(group, clip))]));
    found.delete(UNKNOWN);
    return found.size > 1;
  });

/** Every frame's label in every group. */
export const labelFrames = (groups: readonly LabelledGroup[], clip: ClipLabels): FrameLabels =>
  groups.map((group) => labelsInGroup(group, clip));

const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

const alone = (tag: string): LabelledGroup => ({ name: tag, tags: [tag], labels: [[tag]], optional: true });

function usualGroups(clips: readonly ClipLabels[], parts: readonly string[]): LabelledGroup[] {
  const groups: LabelledGroup[] = [];
  for (const [name, tags] of Object.entries(USUAL_GROUPS)) {
    const there = Object.keys(tags).filter((tag) => parts.includes(tag));
    if (there.length > 1)
      groups.push({ name, tags: there, labels: there.map((tag) => [tag]), optional: true });
  }
  const taken = new Set(groups.flatMap(({ tags }) => tags));
  const take = (labels: readonly string[]): string[] => {
    const rest = labels.filter((label) => !taken.has(label));
    for (const label of rest) taken.add(label);
    return rest;
  };
  const depths = Math.max(0, ...clips.map(({ whole }) => whole.length));
  for (let depth = 0; depth < depths; depth++) {
    const tags = take(sorted(clips.flatMap(({ whole }) => whole[depth] ?? [])));
    const name = depth === 0 ? 'label' : `label ${depth + 1}`;
    if (tags.length > 0) groups.push({ name, tags, labels: tags.map((label) => [label]), optional: true });
  }
  return [...groups, ...take(parts).map(alone)];
}

function chosenGroups(clips: readonly ClipLabels[], choice: GroupChoice): LabelledGroup[] {
  const named = new Set(Object.values(choice).flatMap((tags) => Object.values(tags).flat()));
  for (const { name, whole, marks } of clips) {
    for (const label of [...whole, ...marks.keys()]) {
      if (named.has(label) || isContact(label)) continue;
      throw new GaitwayError(
        'tagger/unknown-label',
        `${name} is labelled "${label}", which none of the groups ${Object.keys(choice).join(', ')} names (they name ${[...named].join(', ')}); add it to a tag, or to "${NO_TAG}" where it means none of them.`,
        { clip: name, label, known: [...named] },
      );
    }
  }
  return Object.entries(choice).map(([name, tags]) => {
    const own = Object.keys(tags).filter((tag) => tag !== NO_TAG);
    return { name, tags: own, labels: own.map((tag) => tags[tag]), optional: true };
  });
}

function labelsInGroup({ tags, labels }: LabelledGroup, clip: ClipLabels): Uint8Array {
  const { whole, marks, frameCount } = clip;
  const out = new Uint8Array(frameCount).fill(UNKNOWN);
  const isOfContact = tags.some(isContact);
  const kinds = [...marks.keys()].filter((label) => isContact(label) === isOfContact);
  if (kinds.length === 0 && (isOfContact || whole.length === 0)) return out;
  out.fill(tags.length);
  for (let t = tags.length - 1; t >= 0; t--) {
    for (const label of labels[t]) {
      if (whole.includes(label)) out.fill(t);
      const mark = marks.get(label);
      if (mark) for (let f = 0; f < frameCount; f++) if (mark[f] === 1) out[f] = t;
    }
  }
  return out;
}
