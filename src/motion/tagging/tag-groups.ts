import { mirroredName } from '../features/joint-key.js';

/** Tags of which no two hold in one frame: the gaits, the turns; a tag that stands alone is a group of its own. */
export interface TagGroup {
  readonly name: string;
  readonly tags: readonly string[];
  /** A frame may have none of the tags; otherwise one of them always holds. */
  readonly optional: boolean;
}

/** What a frame's label is where nobody has said: neither a tag nor that there is none. */
export const UNKNOWN = 255;

/** Classes that a network tells apart in a group: its tags in order, and none of them where that may be. */
export const classCount = ({ tags, optional }: TagGroup): number => tags.length + (optional ? 1 : 0);

/** Classes of all groups, one after the other. */
export const classesOf = (groups: readonly TagGroup[]): number =>
  groups.reduce((sum, group) => sum + classCount(group), 0);

/** A frame's label in a group: index of the tag, `tags.length` for none of them, `UNKNOWN`. [frames] a group. */
export type FrameLabels = readonly Uint8Array[];

/**
 * Labels of a clip's mirror image: `turn-left` becomes `turn-right`, by the words and letters for sides in the names.
 *
 * A group in which a tag has no counterpart is unknown there.
 */
export function mirroredLabels(groups: readonly TagGroup[], labels: FrameLabels): FrameLabels {
  return groups.map(({ tags, optional }, g) => {
    const others = tags.map(mirroredName);
    const from = groups.findIndex((group) => others.every((tag) => group.tags.includes(tag)));
    if (from < 0 || groups[from].tags.length !== tags.length || groups[from].optional !== optional)
      return new Uint8Array(labels[g].length).fill(UNKNOWN);
    const toOwn = groups[from].tags.map((tag) => tags.indexOf(mirroredName(tag)));
    return labels[from].map((label) => toOwn[label] ?? label);
  });
}
