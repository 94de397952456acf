import { describe, expect, it } from 'vitest';
import { readScene, sniff } from '../../src/formats/index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('sniff', () => {
  it.each([
    ['bvh', 'HIERARCHY\nROOT a'],
    ['bvh', '\ufeff  hierarchy\r\n'],
    ['bvh', '# a comment\n; another\nHIERARCHY'],
    ['gltf', ' {"asset":{}}'],
    ['glb', 'glTF\x02\0\0\0'],
    ['gwclip', 'GWCL\x01\0\0\0'],
    ['fbx', 'Kaydara FBX Binary  \0'],
    ['fbx', '; FBX 7.4.0 project file\n'],
    ['fbx', '; made by hand\nFBXHeaderExtension: {'],
    ['unknown', 'a letter to a friend'],
    ['unknown', ''],
  ])('knows %s', (kind, text) => {
    expect(sniff(bytes(text))).toBe(kind);
  });

  it('lets the reader refuse what is empty or unknown, by code', async () => {
    await expect(readScene(new Uint8Array(), { file: 'a.bvh' })).rejects.toMatchObject({
      code: 'formats/empty',
    });
    await expect(readScene(bytes('hello'), { file: 'a.bvh' })).rejects.toMatchObject({
      code: 'formats/unknown',
    });
    await expect(readScene(bytes('HIERARCHY'), { file: 'a', unit: 'ell' })).rejects.toMatchObject({
      code: 'formats/bad-unit',
    });
  });
});
