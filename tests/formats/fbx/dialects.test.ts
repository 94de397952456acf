import { describe, expect, it } from 'vitest';
import { bake } from '../../../src/clip/index.js';
import { writeFbx } from '../../../src/formats/fbx/write.js';
import { readScene } from '../../../src/formats/index.js';
import { makeClip } from '../made-clip.js';
import { asciiFbx, curveNode, hang, limb, property } from './made-ascii.js';
import { transcode } from './transcode.js';

const clip = makeClip({ seed: 3, jointCount: 6, frameCount: 90 });
const written = writeFbx([clip]).bytes;

describe('binary FBX', () => {
  it.each([7400, 7500, 7700])(
    'of version %i reads the same in either byte order, packed or not',
    async (version) => {
      const wanted = bake(await readScene(written, { file: 'a.fbx' }));
      for (const bigEndian of [false, true]) {
        for (const plainArrays of [false, true]) {
          const bytes = transcode(written, { version, bigEndian, plainArrays });
          const found = bake(await readScene(bytes, { file: 'b.fbx' }));
          expect(found.skeleton).toEqual(wanted.skeleton);
          expect(found.rotations).toEqual(wanted.rotations);
          expect(found.translations).toEqual(wanted.translations);
        }
      }
    },
  );

  it('that is cut in a 64-bit header says at which byte', async () => {
    const bytes = transcode(written, { version: 7500, bigEndian: false, plainArrays: false });
    await expect(readScene(bytes.slice(0, 40), { file: 'cut.fbx' })).rejects.toThrow(/damaged at byte 27/);
  });
});

const still = { 'Lcl Translation': [0, 10, 0] as const };

describe('an FBX document', () => {
  it('whose connections form a circle is read once around', async () => {
    const scene = await readScene(
      asciiFbx({
        objects: limb(1, 'a', still) + limb(2, 'b', still) + limb(3, 'c', still),
        connections: hang([1, 0], [2, 1], [3, 2], [1, 3]),
      }),
      { file: 'circle.fbx' },
    );
    expect(scene.skeleton.joints.map(({ name, parent }) => [name, parent])).toEqual([
      ['a', -1],
      ['b', 0],
      ['c', 1],
    ]);
  });

  it('takes from its templates what an object does not say', async () => {
    const definitions = `ObjectType: "Model" {\nCount: 2\nPropertyTemplate: "FbxNode" {\nProperties70: {\n${property('Lcl Translation', 'Lcl Translation', '', 'A', 0, 25, 0)}}\n}\n}\n`;
    const scene = await readScene(
      asciiFbx({
        definitions,
        objects: limb(1, 'a') + limb(2, 'b', still),
        connections: hang([1, 0], [2, 1]),
      }),
      { file: 'template.fbx' },
    );
    const heights = scene.skeleton.joints.map(({ restTranslation }) => restTranslation[1]);
    expect(heights[0]).toBeCloseTo(0.25, 9);
    expect(heights[1]).toBeCloseTo(0.1, 9);
  });

  it('counts in the ticks that its header names', async () => {
    const moved = curveNode(500, 1, 'Lcl Translation', [
      [
        { at: 0, value: 0 },
        { at: 1, value: 10 },
      ],
    ]);
    const parts = {
      objects: limb(1, 'a') + moved.objects,
      connections: hang([1, 0]) + moved.connections,
      takeSeconds: 1,
    };
    const old = await readScene(asciiFbx(parts), { file: 'old.fbx' });
    expect(old.takes[0].duration).toBeCloseTo(1, 9);
    const text = new TextDecoder().decode(
      asciiFbx({ ...parts, headerLines: 'OtherFlags: {\nTCDefinition: 0\n}\n' }),
    );
    const fine = new TextEncoder().encode(text.replace('FBXHeaderVersion: 1003', 'FBXHeaderVersion: 1004'));
    expect((await readScene(fine, { file: 'new.fbx' })).takes[0].duration).toBeCloseTo(
      46186158000 / 141120000,
      6,
    );
  });

  it('is turned the same into our axes from all 48, whether scales are even or not', async () => {
    const pose = async (
      settings: string,
      scaling: readonly [number, number, number],
    ): Promise<Float64Array> => {
      const joint = {
        'Lcl Translation': [1, 2, 3] as const,
        'Lcl Rotation': [20, -50, 70] as const,
        'Lcl Scaling': scaling,
      };
      const bytes = asciiFbx({ settings, objects: limb(1, 'a', joint), connections: hang([1, 0]) });
      const out = new Float64Array(12);
      (await readScene(bytes, { file: 'axes.fbx' })).evaluate(-1, 0, out);
      return out;
    };
    const seen = new Set<string>();
    for (const [right, up, front] of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      for (let signs = 0; signs < 8; signs++) {
        const settings = (
          [
            ['Coord', right],
            ['Up', up],
            ['Front', front],
          ] as const
        )
          .map(
            ([name, axis], k) =>
              property(`${name}Axis`, 'int', 'Integer', '', axis ?? 0) +
              property(`${name}AxisSign`, 'int', 'Integer', '', signs & (1 << k) ? -1 : 1),
          )
          .join('');
        const even = await pose(settings, [1, 1, 1]);
        const uneven = await pose(settings, [1.00001, 1, 1]);
        even.forEach((value, k) => {
          expect(uneven[k]).toBeCloseTo(value, 4);
        });
        seen.add(even.join());
      }
    }
    expect(seen.size).toBe(48);
  });
});
