import { GaitwayError } from '../../errors.js';
import { CONTACT_TAGS } from '../features/contacts.js';
import { GAIT_TAGS } from '../features/gait-tags.js';
import { MOST_TAGS } from './header.js';

/** Tags that are found in the motion itself, in the order in which a database has them. */
const OWN_TAGS: readonly string[] = [...GAIT_TAGS, ...CONTACT_TAGS];

/** Names of tags, each with a bit, while clips come in. */
export interface TagList {
  /**
   * The bit of a tag.
   *
   * @throws GaitwayError `motion/too-many-tags` where there would be more than 32.
   */
  readonly bitOf: (name: string) => number;
  /** Tags of gait and contact in their own order, then the others by name; and where each bit goes. */
  readonly inOrder: () => { readonly tags: string[]; readonly places: number[] };
}

export function makeTagList(): TagList {
  const names: string[] = [];
  return {
    bitOf: (name) => {
      const known = names.indexOf(name);
      if (known >= 0) return known;
      if (names.length === MOST_TAGS) {
        throw new GaitwayError(
          'motion/too-many-tags',
          `"${name}" would be tag ${MOST_TAGS + 1}, and a database has ${MOST_TAGS} at most (it has ${names.join(', ')}); leave out or join some of the clips' events or labels.`,
          { tag: name, tags: [...names] },
        );
      }
      return names.push(name) - 1;
    },
    inOrder: () => {
      const rank = (name: string): number => {
        const own = OWN_TAGS.indexOf(name);
        return own < 0 ? OWN_TAGS.length : own;
      };
      const tags = [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
      return { tags, places: names.map((name) => tags.indexOf(name)) };
    },
  };
}
