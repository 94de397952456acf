import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/clip/index.js';
import { readScene } from '../../../src/formats/index.js';
import { armGltf, gltfBytes, type Json } from './made-gltf.js';

const read = (json: Json): Promise<Scene> => readScene(gltfBytes(json), { file: 'arm.gltf' });
const made = (): Json => armGltf('rotation', { times: [0, 1], values: [0, 0, 0, 1, 0, 0, 0, 1] });
const nodeOf = (json: Json, n: number): Json => (json.nodes as Json[])[n];

describe('extras', () => {
  it('of joints, scene, asset and animations are attributes', async () => {
    const json = made();
    nodeOf(json, 1).extras = { side: 'left', limits: [1, { low: null }] };
    nodeOf(json, 2).extras = 'just a word';
    json.scenes = [{ extras: { actor: 7, note: 'a' } }];
    json.asset = { version: '2.0', extras: { actor: 7, note: 'b' } };
    (json.animations as Json[])[0].extras = { note: 'c', gaitway: { rate: [24, 1] } };
    const { attributes, takes, warnings } = await read(json);
    expect(attributes).toEqual([
      { joint: 'arm', name: 'side', value: 'left' },
      { joint: 'arm', name: 'limits', value: [1, { low: null }] },
      { joint: 'tip', name: 'extras', value: 'just a word' },
      { joint: '', name: 'actor', value: 7 },
      { joint: '', name: 'note', value: 'a' },
      { joint: '', name: 'asset.note', value: 'b' },
      { joint: '', name: 'move.note', value: 'c' },
    ]);
    expect(takes[0].rate).toEqual({ numerator: 24, denominator: 1 });
    expect(warnings).toEqual([]);
  });

  it('follow a joint that had to be renamed', async () => {
    const json = made();
    Object.assign(nodeOf(json, 2), { name: 'arm', extras: { tag: 1 } });
    expect((await read(json)).attributes).toEqual([{ joint: 'arm_2', name: 'tag', value: 1 }]);
  });

  it('of nodes that are no joints are left out by name', async () => {
    const json = made();
    (json.nodes as Json[]).push({ name: 'Camera', extras: { lens: 50 } });
    const { attributes, warnings } = await read(json);
    expect(attributes).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'gltf/extras-left-out' }]);
    expect(warnings[0].message).toContain('Camera');
  });

  it('that nest without end or are not finite are left out, and said so', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const text = JSON.stringify({ ...made(), scenes: [{ extras: '?' }] });
    for (const odd of [deep, '{"size": 1e999}']) {
      const bytes = new TextEncoder().encode(text.replace('"?"', odd));
      const { attributes, warnings } = await readScene(bytes, { file: 'arm.gltf' });
      expect(attributes).toEqual([]);
      expect(warnings).toMatchObject([{ code: 'gltf/extras-unread' }]);
    }
  });
});

describe('events that Gaitway leaves in an animation', () => {
  const withFacts = (gaitway: unknown): Json => {
    const json = made();
    (json.animations as Json[])[0].extras = { gaitway };
    return json;
  };

  it('are read back', async () => {
    const events = [{ name: 'step', time: 0.5, duration: 0 }];
    expect((await read(withFacts({ rate: [30, 1], events }))).takes[0].events).toEqual(events);
  });

  it.each([
    ['a rate that is none', { rate: [0, 1] }],
    ['a rate beyond reason', { rate: [1e15, 1] }],
    ['an event without a time', { rate: [30, 1], events: [{ name: 'x', duration: 0 }] }],
    ['a word', 'fast'],
  ])('are left out with %s, and said so', async (_what, facts) => {
    const { takes, warnings } = await read(withFacts(facts));
    expect(takes[0].events).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'gltf/extras-unread' }]);
  });
});
