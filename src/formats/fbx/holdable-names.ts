/**
 * A name as a file can hold it: no zero bytes, which end it, no halves of letters, no byte order mark in front.
 */
export const holdableName = (name: string): string =>
  new TextDecoder().decode(new TextEncoder().encode(name)).replaceAll('\0', '_');

/** Such names, each once: where two fall together the later gets a number. */
export function holdableNames(names: readonly string[]): string[] {
  const taken = new Set(names.filter((name) => holdableName(name) === name));
  return names.map((name) => {
    const safe = holdableName(name);
    return safe === name ? name : numbered(taken, safe || 'joint');
  });
}

/** The name, numbered where it is taken, and taken from now on. */
export function numbered(taken: Set<string>, name: string): string {
  let candidate = name;
  for (let n = 2; taken.has(candidate); n++) candidate = `${name}_${n}`;
  taken.add(candidate);
  return candidate;
}
