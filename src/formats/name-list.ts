const MOST_NAMED = 8;

/** Names in a sentence: each once, the first few, and how many more there are. */
export function nameList(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const listed = distinct.slice(0, MOST_NAMED).map((name) => name.slice(0, 80));
  const more = distinct.length - listed.length;
  return listed.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
