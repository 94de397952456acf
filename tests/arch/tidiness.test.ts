import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const LONGEST = 500;
const NAMELESS = /(^|\/)(utils?|helpers?|common|misc|shared)(\.|\/|$)/i;

/** Source files below a folder, relative to the project, with their text. */
function sources(folder: string, endings: readonly string[]): { path: string; text: string }[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules') && !path.includes('__pycache__'))
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
}

const tooLong = (files: readonly { path: string; text: string }[]): string[] =>
  files.filter(({ text }) => text.split('\n').length > LONGEST).map(({ path }) => path);

const namedAfterNothing = (files: readonly { path: string }[]): string[] =>
  files.map(({ path }) => path).filter((path) => NAMELESS.test(path));

const unfinished = (files: readonly { path: string; text: string }[]): string[] =>
  files
    .filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented/i.test(text))
    .map(({ path }) => path);

describe('tidiness', () => {
  const code = [
    ...sources('src', ['.ts']),
    ...sources('ue-plugin', ['.py']),
    ...sources('scripts', ['.mjs']),
  ];

  it('keeps every source file below 500 lines', () => {
    expect(tooLong(code)).toEqual([]);
    expect(tooLong([{ path: 'planted.ts', text: '\n'.repeat(501) }])).toEqual(['planted.ts']);
  });

  it('names no file after nothing (utils, helpers, common)', () => {
    expect(namedAfterNothing(code)).toEqual([]);
    expect(namedAfterNothing([{ path: 'src/math/utils.ts' }, { path: 'src/common/a.ts' }])).toHaveLength(2);
  });

  it('leaves no marks of unfinished work', () => {
    expect(unfinished(code)).toEqual([]);
    expect(unfinished([{ path: 'planted.ts', text: '// TODO later' }])).toEqual(['planted.ts']);
  });

  it('speaks of no machine and no workplace', () => {
    const texts = [...code, ...sources('docs', ['.md']), ...sources('tests', ['.ts'])];
    const pattern = new RegExp(`/${'wo'}rk/|/${'ro'}ot/|registry\\.npm`);
    expect(texts.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
    expect(pattern.test(`/${'wo'}rk/main`)).toBe(true);
  });
});
