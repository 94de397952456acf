import { validateBytes } from 'gltf-validator';
import { describe, expect, it } from 'vitest';
import { bake, type Clip, jointIndex, type Scene, worldPoseOfFrame } from '../../../src/clip/index.js';
import { readScene, writeVrma } from '../../../src/formats/index.js';
import { AFFINE_SIZE, translationOfAffine } from '../../../src/math/affine.js';
import { angleBetween, fromAxisAngle, multiply, quatAt, setQuat } from '../../../src/math/quat.js';
import { distance, normalise, subtract, type Vec3, vec3At } from '../../../src/math/vec3.js';
import { makeHuman } from './made-human.js';

const open = (bytes: Uint8Array): Promise<Scene> => readScene(bytes, { file: 'back.vrma' });

/** Largest differences of human bones in the world, over all frames. */
function compare(
  clip: Clip,
  back: Clip,
  bones: Readonly<Record<string, number>>,
): { metres: number; degrees: number } {
  let metres = 0;
  let degrees = 0;
  for (let f = 0; f < clip.frameCount; f++) {
    const a = worldPoseOfFrame(clip, f);
    const b = worldPoseOfFrame(back, f);
    for (const j of Object.values(bones)) {
      const k = jointIndex(back.skeleton, clip.skeleton.joints[j].name);
      metres = Math.max(metres, distance(vec3At(a.positions, j), vec3At(b.positions, k)));
      const angle = angleBetween(quatAt(a.rotations, j), quatAt(b.rotations, k));
      degrees = Math.max(degrees, (angle * 180) / Math.PI);
    }
  }
  return { metres, degrees };
}

/** World places of the rest pose by VRM bone. */
function restPlaces(scene: Scene): Record<string, Vec3> {
  const out = new Float64Array(AFFINE_SIZE * scene.skeleton.joints.length);
  scene.evaluate(-1, 0, out);
  return Object.fromEntries(
    Object.entries(scene.humanoid ?? {}).map(([bone, j]) => [
      bone,
      translationOfAffine(out, AFFINE_SIZE * j),
    ]),
  );
}

const FIGURES: [string, Parameters<typeof makeHuman>[0]][] = [
  ['hips at the root', {}],
  ['roots above the hips that wander', { rootCount: 2 }],
  ['a joint between bones', { between: true }],
  ['a rest pose that faces elsewhere', { facing: 2.2, rootCount: 1 }],
  ['a rest pose in the ground', { lift: -0.95 }],
];

describe.each(FIGURES)('a VRMA of a figure with %s', (_what, options) => {
  it('shows the same poses in the world', async () => {
    const { clip, humanBones } = makeHuman(options);
    const { bytes, warnings } = await writeVrma(clip, humanBones);
    expect(warnings).toEqual([]);
    const scene = await open(bytes);
    expect(Object.keys(scene.humanoid ?? {}).sort()).toEqual(Object.keys(humanBones).sort());
    const { metres, degrees } = compare(clip, bake(scene), humanBones);
    expect(metres).toBeLessThan(1e-5);
    expect(degrees).toBeLessThan(0.01);
    expect(scene.takes[0]).toMatchObject({ name: 'walk', rate: clip.rate, frameCount: clip.frameCount });
  });

  it('rests in a T-pose that faces +Z and stands on the ground', async () => {
    const { clip, humanBones } = makeHuman(options);
    const places = restPlaces(await open((await writeVrma(clip, humanBones)).bytes));
    const along = (from: string, to: string): Vec3 => normalise(subtract(places[to], places[from]));
    for (const [side, x] of [
      ['left', 1],
      ['right', -1],
    ] as const) {
      expect(distance(along(`${side}UpperArm`, `${side}LowerArm`), [x, 0, 0])).toBeLessThan(1e-5);
      expect(distance(along(`${side}LowerArm`, `${side}Hand`), [x, 0, 0])).toBeLessThan(1e-5);
      expect(distance(along(`${side}Hand`, `${side}MiddleProximal`), [x, 0, 0])).toBeLessThan(1e-5);
    }
    expect(distance(along('rightUpperLeg', 'leftUpperLeg'), [1, 0, 0])).toBeLessThan(1e-5);
    const lowest = Math.min(...Object.values(places).map(([, y]) => y));
    expect(lowest).toBeGreaterThan(-1e-5);
    expect(lowest).toBeLessThan(0.1);
    expect(places.hips[1]).toBeGreaterThan(0.8);
  });

  it('turns human bones alone, moves the hips alone, and satisfies the validator', async () => {
    const { clip, humanBones } = makeHuman(options);
    const { bytes } = await writeVrma(clip, humanBones);
    const { issues } = await validateBytes(bytes);
    expect([issues.numErrors, issues.numWarnings]).toEqual([0, 0]);
    const codes = new Set(issues.messages.map(({ code }) => code));
    for (const code of ['UNSUPPORTED_EXTENSION', 'NODE_EMPTY', 'UNUSED_OBJECT']) codes.delete(code);
    expect([...codes]).toEqual([]);
    const json = jsonOf(bytes);
    const human = new Set(
      Object.values(json.extensions.VRMC_vrm_animation.humanoid.humanBones).map(({ node }) => node),
    );
    expect(json.extensionsUsed).toEqual(['VRMC_vrm_animation']);
    expect(json.extensions.VRMC_vrm_animation.specVersion).toBe('1.0');
    expect(json.animations).toHaveLength(1);
    const { channels } = json.animations[0];
    expect(
      channels
        .filter(({ target }) => target.path === 'rotation')
        .every(({ target }) => human.has(target.node)),
    ).toBe(true);
    const moved = channels.filter(({ target }) => target.path === 'translation');
    expect(moved.map(({ target }) => json.nodes[target.node].name)).toEqual(['hips']);
    expect(json.nodes.map(({ name }) => name)).toEqual(clip.skeleton.joints.map(({ name }) => name));
  });
});

interface VrmaJson {
  extensionsUsed: string[];
  extensions: {
    VRMC_vrm_animation: {
      specVersion: string;
      humanoid: { humanBones: Record<string, { node: number }> };
      expressions?: Record<'preset' | 'custom', Record<string, { node: number }>>;
    };
  };
  nodes: { name: string }[];
  animations: { channels: { target: { node: number; path: string } }[] }[];
}

function jsonOf(bytes: Uint8Array): VrmaJson {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + size)));
}

describe('what a VRMA keeps, and what it cannot', () => {
  it('expressions: presets, and others as custom ones', async () => {
    const { clip, humanBones } = makeHuman();
    const names = ['happy', 'blinkLeft', 'jaw.open', 'lookUp'];
    const curves = names.map((name, c) => ({
      name,
      values: Float64Array.from({ length: clip.frameCount }, (_, f) => (f + c) / 20),
    }));
    const events = [{ name: 'step', time: 0.1, duration: 0 }];
    const { bytes, warnings } = await writeVrma({ ...clip, curves, events }, humanBones);
    expect(warnings.map(({ code }) => code)).toEqual(['vrma/gaze-left-out']);
    const { expressions } = jsonOf(bytes).extensions.VRMC_vrm_animation;
    expect(Object.keys(expressions?.preset ?? {})).toEqual(['happy', 'blinkLeft']);
    expect(Object.keys(expressions?.custom ?? {})).toEqual(['jaw.open']);
    const back = bake(await open(bytes));
    expect(back.skeleton.joints).toHaveLength(Object.keys(humanBones).length);
    expect(back.events).toEqual(events);
    expect(back.curves.map(({ name }) => name)).toEqual(names.slice(0, 3));
    back.curves.forEach(({ values }, c) => {
      values.forEach((value, f) => {
        expect(value).toBeCloseTo((f + c) / 20, 6);
      });
    });
  });

  it('names bones whose length changes and joints that are no bones and move', async () => {
    const { clip, humanBones } = makeHuman({ between: true });
    const { joints } = clip.skeleton;
    const translations = Float64Array.from(clip.translations);
    translations[3 * (4 * joints.length + humanBones.leftFoot)] += 0.01;
    const rotations = Float64Array.from(clip.rotations);
    const between = 3 * joints.length + jointIndex(clip.skeleton, 'between');
    setQuat(rotations, between, multiply(quatAt(rotations, between), fromAxisAngle([1, 0, 0], 0.2)));
    const { bytes, warnings } = await writeVrma({ ...clip, translations, rotations }, humanBones);
    expect(warnings.map(({ code }) => code)).toEqual(['vrma/translations-left-out', 'vrma/joints-left-out']);
    expect(warnings[0].message).toContain('leftFoot');
    expect(warnings[1].message).toContain('between');
    expect(
      compare({ ...clip, translations, rotations }, bake(await open(bytes)), humanBones).degrees,
    ).toBeLessThan(0.01);
  });

  it('rests in the pose that it is given', async () => {
    const { clip, humanBones } = makeHuman();
    const restPose = worldPoseOfFrame(clip, 5);
    const scene = await open((await writeVrma(clip, humanBones, { restPose })).bytes);
    const places = restPlaces(scene);
    for (const [bone, j] of Object.entries(humanBones))
      expect(distance(places[bone], vec3At(restPose.positions, j))).toBeLessThan(1e-5);
    expect(compare(clip, bake(scene), humanBones).metres).toBeLessThan(1e-5);
  });

  it('leaves out eyes by name', async () => {
    const { clip, humanBones } = makeHuman({ between: true });
    const leftEye = jointIndex(clip.skeleton, 'between');
    const { bytes, warnings } = await writeVrma(clip, { ...humanBones, leftEye });
    expect(warnings.map(({ code }) => code)).toEqual(['vrma/eyes-left-out']);
    expect((await open(bytes)).humanoid).not.toHaveProperty('leftEye');
  });

  it('writes the same bytes every time', async () => {
    const { clip, humanBones } = makeHuman();
    const [a, b] = await Promise.all([1, 2].map(() => writeVrma(clip, humanBones)));
    expect(a.bytes).toEqual(b.bytes);
  });

  it.each<[string, string, (bones: Record<string, number>) => Record<string, number>]>([
    ['bones that are missing', 'vrma/missing-bones', ({ leftFoot: _, head: _h, ...others }) => others],
    ['a bone that VRM does not know', 'vrma/unknown-bone', (bones) => ({ ...bones, tail: 1 })],
    ['a joint that is not there', 'vrma/bad-bones', (bones) => ({ ...bones, head: 99 })],
    ['one joint for two bones', 'vrma/bad-bones', (bones) => ({ ...bones, neck: bones.head })],
    [
      'hips below another bone',
      'vrma/bad-bones',
      (bones) => ({ ...bones, hips: bones.spine, spine: bones.hips }),
    ],
  ])('refuses %s', async (_what, code, edit) => {
    const { clip, humanBones } = makeHuman();
    await expect(writeVrma(clip, edit(humanBones))).rejects.toMatchObject({ code });
  });
});
