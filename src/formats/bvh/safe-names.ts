/**
 * Names that every BVH reader keeps whole: letters A to Z, digits and `_`, each name once.
 *
 * Blanks and punctuation become `_`, letters of other scripts their code point (`頭` → `u982d`), and a name
 * that is taken gets a number.
 */
export function safeNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const nextNumber = new Map<string, number>();
  return names.map((name) => {
    const safe = [...name].map(safeLetter).join('') || 'joint';
    let candidate = safe;
    let n = nextNumber.get(safe) ?? 2;
    for (; taken.has(candidate); n++) candidate = `${safe}_${n}`;
    nextNumber.set(safe, n);
    taken.add(candidate);
    return candidate;
  });
}

function safeLetter(letter: string): string {
  if (/[A-Za-z0-9_]/.test(letter)) return letter;
  return /[\p{L}\p{N}]/u.test(letter) ? `u${(letter.codePointAt(0) ?? 0).toString(16)}` : '_';
}
