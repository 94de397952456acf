import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as bridge from '../../src/bridge/index.js';
import * as clip from '../../src/clip/index.js';
import * as formats from '../../src/formats/index.js';
import * as gaitway from '../../src/index.js';
import * as motion from '../../src/motion/index.js';
import * as retarget from '../../src/retarget/index.js';

const DOORS: Readonly<Record<string, object>> = {
  '.': gaitway,
  './clip': clip,
  './formats': formats,
  './retarget': retarget,
  './motion': motion,
  './bridge': bridge,
};

/** What may be imported stands here as text, so that a change of it shows in review. */
describe('the public API', () => {
  it.each(Object.entries(DOORS))('of %s has these names', async (door, names) => {
    const file = `./public-api/${door === '.' ? 'gaitway' : door.slice(2)}.txt`;
    await expect(`${Object.keys(names).sort().join('\n')}\n`).toMatchFileSnapshot(file);
  });

  it('is what package.json opens', () => {
    const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      exports: Record<string, { default: string } | string>;
    };
    const code = Object.entries(exports).filter(([, target]) => typeof target !== 'string');
    expect(code.map(([door]) => door)).toEqual(Object.keys(DOORS));
    for (const [door, target] of code) {
      expect((target as { default: string }).default).toBe(`./dist${door.slice(1)}/index.js`);
    }
  });
});
