import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FAULTS } from '../../../src/bridge/protocol/index.js';

/** Codes in the sources of a folder, quoted as a failure or warning has them. */
function codesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|py)$/.test(name) && !/protocol.faults\.ts$/.test(name))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/['"](bridge\/[a-z-]+)['"]/g)])
    .map(([, code]) => String(code));
}

it('every code of the link, and no other, is told with its cure', () => {
  const used = new Set([...codesIn('src'), ...codesIn('ue-plugin')]);
  expect(Object.keys(FAULTS).sort()).toEqual([...used].sort());
});

it.each(Object.entries(FAULTS))('%s says what it means and what to do', (_, { means, cure }) => {
  expect(means).toMatch(/^[^|\n]{10,}[^.|\n]$/);
  expect(cure).toMatch(/^[A-Z][^|\n]{5,}\.$/);
});
