import { GaitwayError } from '../../errors.js';

/**
 * The bits of the tags that are named, as in `tagMask` of a database with these tags.
 *
 * @throws GaitwayError `search/unknown-tag` where the database has no such tag.
 */
export function bitsOfTags(tags: readonly string[], named: readonly string[]): number {
  let bits = 0;
  for (const name of named) {
    const bit = tags.indexOf(name);
    if (bit < 0) {
      throw new GaitwayError(
        'search/unknown-tag',
        tags.length > 0
          ? `The database has no tag "${name}"; it has ${tags.join(', ')}.`
          : `The database has no tags, so none is called "${name}"; build it with tags first.`,
        { tag: name, tags },
      );
    }
    bits |= 1 << bit;
  }
  return bits;
}
