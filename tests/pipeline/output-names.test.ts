import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputStems, safeFileName, uniqueFileNames } from '../../src/pipeline/output-names.js';

describe('safeFileName', () => {
  it.each([
    ['walk', 'walk'],
    ['a/b\\c:d', 'a_b_c_d'],
    ['..', '__'],
    ['../../etc/passwd', '___.._etc_passwd'],
    ['CON', '_CON'],
    ['nul.walk', '_nul.walk'],
    ['ends. ', 'ends__'],
    ['', '_'],
    ['line\nbreak\u0000', 'line_break_'],
    ['Gehen_ä', 'Gehen_ä'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it('is never longer than a file system takes', () => {
    expect(safeFileName('x'.repeat(500)).length).toBeLessThanOrEqual(120);
  });
});

describe('uniqueFileNames', () => {
  it('tells names apart without regard to letter case, and takes no name that comes later', () => {
    expect(uniqueFileNames(['Walk', 'walk', 'walk_2', 'run'])).toEqual(['Walk', 'walk_3', 'walk_2', 'run']);
  });
});

describe('outputStems', () => {
  it('keeps folders below the folder that was named, and makes twins unique', () => {
    expect(
      outputStems([
        { file: join('in', 'a', 'walk.bvh'), under: 'in' },
        { file: join('in', 'b', 'walk.bvh'), under: 'in' },
        { file: join('in', 'a', 'walk.fbx'), under: 'in' },
        { file: join('elsewhere', 'walk.bvh') },
      ]),
    ).toEqual([join('a', 'walk'), join('b', 'walk'), `${join('a', 'walk')}_2`, 'walk']);
  });
});
