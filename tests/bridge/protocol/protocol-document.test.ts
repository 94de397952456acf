import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as protocol from '../../../src/bridge/protocol/index.js';

const script = new URL('../../../scripts/protocol-document.mjs', import.meta.url).href;
const { protocolDocument } = (await import(script)) as { protocolDocument(of: typeof protocol): string };
const document = protocolDocument(protocol);

it('docs/protocol.md is what the schemas say; npm run generate writes it', () => {
  const kept = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
  expect(kept.replaceAll('\r\n', '\n')).toBe(document);
});

it.each(Object.keys(protocol.CALLS))('tells what the call %s is for', (name) => {
  expect(document).toMatch(new RegExp(`### \`${name}\`\n\n[A-Z].{20,}\n`));
  expect(document).not.toContain('undefined');
});

it('links to shapes that it has', () => {
  const targets = [...document.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target);
  const headings = [...document.matchAll(/^### `?([^`\n]+)`?$/gm)].map((heading) =>
    heading[1]?.toLowerCase(),
  );
  expect(targets.length).toBeGreaterThan(0);
  expect(headings).toEqual(expect.arrayContaining(targets));
});
