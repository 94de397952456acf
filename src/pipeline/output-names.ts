import { basename, dirname, extname, join, relative } from 'node:path';

const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;
const LONGEST = 120;

/** A name that every file system takes: no path signs, no control signs, not reserved, not too long. */
export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be taken out
    .replace(/[<>:"/\\|?*\u0000-\u001f\u007f]/g, '_')
    .slice(0, LONGEST)
    .replace(/^\.+|[. ]+$/g, (run) => '_'.repeat(run.length));
  if (plain === '') return '_';
  return RESERVED.test(plain.split('.')[0] as string) ? `_${plain}` : plain;
}

/** Names made unique without regard to letter case: the second `walk` becomes `walk_2`. */
export function uniqueFileNames(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const seen = new Set<string>();
  return names.map((name) => {
    let candidate = name;
    for (
      let n = 2;
      seen.has(candidate.toLowerCase()) || (candidate !== name && taken.has(candidate.toLowerCase()));
      n++
    )
      candidate = `${name}_${n}`;
    seen.add(candidate.toLowerCase());
    return candidate;
  });
}

/**
 * Where the outputs of each input go, without ending: the input's own name, its folders below the folder that
 * was named kept.
 *
 * `inputs` are pairs of a file and the folder it was found under, or nothing where the file itself was named.
 */
export function outputStems(inputs: readonly { readonly file: string; readonly under?: string }[]): string[] {
  const stems = inputs.map(({ file, under }) => {
    const stem = safeFileName(basename(file, extname(file)));
    const folder = under === undefined ? '' : relative(under, dirname(file));
    const folders = folder.split(/[\\/]/).filter((part) => part !== '' && part !== '..');
    return join(...folders.map(safeFileName), stem);
  });
  return uniqueFileNames(stems);
}

/**
 * Where each take of a file goes, without ending: a file with one take gives one output of its name, with
 * several a folder of its name.
 */
export function takeStems(takeNames: readonly string[], stem: string): string[] {
  if (takeNames.length < 2) return [stem];
  const names = takeNames.map((name, i) => safeFileName(name === '' ? `take_${i}` : name));
  return uniqueFileNames(names).map((name) => join(stem, name));
}
