import { AnimationMixer, Bone, Quaternion, Vector3 } from 'three';
import { FBXLoader } from 'three/examples/jsm/loaders/FBXLoader.js';
import { describe, expect, it } from 'vitest';
import { makeLibrary, SCRIPTS } from '../../../samples/generator/index.js';
import { bake, type Clip, makeRate, resample, worldPoseOfFrame } from '../../../src/clip/index.js';
import { writeFbx } from '../../../src/formats/fbx/write.js';
import { readScene } from '../../../src/formats/index.js';
import { angleBetween, conjugate, multiply, type Quat, quatAt } from '../../../src/math/quat.js';
import { distance, vec3At } from '../../../src/math/vec3.js';
import { compareClips } from '../compare-clips.js';
import { makeClip } from '../made-clip.js';
import { autodeskRuns, bakeWithAutodesk } from './autodesk.js';

const MOST_METRES = 1e-5;
const MOST_DEGREES = 0.01;

const shapes = [
  { axes: 'unreal', mesh: true, rate: 30 },
  { axes: 'unreal', mesh: false, rate: 24 },
  { axes: 'y-up', mesh: true, rate: 24 },
  { axes: 'y-up', mesh: false, rate: 60 },
] as const;

describe.skipIf(!autodeskRuns)("written FBX in Autodesk's reader", () => {
  it.each(shapes)('has the same joints, frames and poses: %j', async ({ axes, mesh, rate }) => {
    const clip = makeClip({ seed: 3, jointCount: 15, frameCount: 21, rate: makeRate(rate) });
    const { scene, nodes } = await bakeWithAutodesk(writeFbx([clip], { axes, mesh }).bytes, rate);
    const names = clip.skeleton.joints.map(({ name }) => name);
    expect(nodes.map(({ name }) => name).sort()).toEqual(
      ['RootNode', ...names, ...(mesh ? ['GaitwayProxy'] : [])].sort(),
    );
    const baked = bake(scene);
    expect([baked.frameCount, baked.rate]).toEqual([21, makeRate(rate)]);
    const { metres, degrees } = compareClips(clip, baked);
    expect(metres).toBeLessThan(MOST_METRES);
    expect(degrees).toBeLessThan(MOST_DEGREES);
  });

  it('has every take with its own length, and curves and attributes as user properties', async () => {
    const curves = (frames: number): Clip['curves'] => [
      { name: 'speed', values: Float64Array.from({ length: frames }, (_, f) => f) },
    ];
    const attributes = [
      { joint: 'joint2', name: 'locked', value: true },
      { joint: 'joint2', name: 'count', value: 7 },
      { joint: 'joint0', name: 'text', value: 'own work' },
    ];
    const clips = [30, 60, 30].map((rate, c) => ({
      ...makeClip({ seed: 5, frameCount: 9 + 8 * c, rate: makeRate(rate) }),
      name: `take ${c}`,
      curves: c < 2 ? curves(9 + 8 * c) : [],
      attributes,
    }));
    const { scene, nodes } = await bakeWithAutodesk(writeFbx(clips).bytes, 60);
    expect(nodes).toHaveLength(14);
    expect(scene.takes.map(({ name, frameCount }) => [name, frameCount])).toEqual([
      ['take 0', 17],
      ['take 1', 17],
      ['take 2', 49],
    ]);
    const extras = (joint: string): string =>
      JSON.stringify(nodes.find(({ name }) => name === joint)?.extras ?? {});
    expect(extras('joint0')).toMatch(/speed.*own work/);
    expect(extras('joint2')).toMatch(/locked.*count/);
    for (const [take, clip] of clips.entries()) {
      const { metres } = compareClips(clip, bake(scene, { take, rate: clip.rate }));
      expect(metres).toBeLessThan(MOST_METRES);
    }
  });

  it('keeps names that other programs give a meaning', async () => {
    const clip = makeClip({ seed: 8, jointCount: 4 });
    const names = ['mixamorig:Hips', '骨盆 ü', 'a|b', '../x'];
    const joints = clip.skeleton.joints.map((joint, j) => ({ ...joint, name: names[j] ?? '' }));
    const { nodes } = await bakeWithAutodesk(writeFbx([{ ...clip, skeleton: { joints } }]).bytes, 30);
    expect(nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });

  it('has the poses of the sample clips', async () => {
    for (const clip of sampleClips()) {
      const at30 = resample(clip, makeRate(30));
      const { scene, nodes } = await bakeWithAutodesk(writeFbx([at30]).bytes, 30);
      expect(nodes).toHaveLength(clip.skeleton.joints.length + 2);
      const baked = bake(scene);
      expect(baked.frameCount).toBe(at30.frameCount);
      expect(compareClips(at30, baked).metres).toBeLessThan(MOST_METRES);
    }
  }, 60_000);
});

describe('written FBX', () => {
  it("comes back from three's FBXLoader", () => {
    const clip = makeClip({ seed: 3, jointCount: 15, frameCount: 21, rate: makeRate(30) });
    const { bytes } = writeFbx([clip], { axes: 'y-up', mesh: true });
    const root = new FBXLoader().parse(bytes.slice().buffer, '');
    const bones = new Map<string, Bone>();
    root.traverse((object) => {
      if (object instanceof Bone) bones.set(object.name, object);
    });
    expect([...bones.keys()].sort()).toEqual(clip.skeleton.joints.map(({ name }) => name).sort());
    const [animation] = root.animations;
    expect(animation?.duration).toBeCloseTo(20 / 30, 6);
    const mixer = new AnimationMixer(root);
    if (animation) mixer.clipAction(animation).play();
    const [place, turn] = [new Vector3(), new Quaternion()];
    const first = worldPoseOfFrame(clip, 0);
    const firstTurns = new Map<string, Quat>();
    // The last frame is the first one again to a looping mixer.
    for (let f = 0; f < clip.frameCount - 1; f++) {
      mixer.setTime(f / 30 + 1e-9);
      root.updateMatrixWorld(true);
      const pose = worldPoseOfFrame(clip, f);
      clip.skeleton.joints.forEach(({ name }, j) => {
        const bone = bones.get(name);
        const { x, y, z } = bone?.getWorldPosition(place) ?? place;
        expect(distance([x / 100, y / 100, z / 100], vec3At(pose.positions, j))).toBeLessThan(MOST_METRES);
        const got = bone?.getWorldQuaternion(turn).toArray() as Quat;
        if (f === 0) firstTurns.set(name, got);
        const delta = multiply(got, conjugate(firstTurns.get(name) ?? got));
        const wanted = multiply(quatAt(pose.rotations, j), conjugate(quatAt(first.rotations, j)));
        expect((angleBetween(delta, wanted) * 180) / Math.PI).toBeLessThan(MOST_DEGREES);
      });
    }
  });

  it('of the sample clips comes back with poses, curves and rate', async () => {
    for (const clip of sampleClips()) {
      const back = bake(await readScene(writeFbx([clip]).bytes, { file: 'back.fbx' }));
      expect([back.frameCount, back.rate]).toEqual([clip.frameCount, clip.rate]);
      expect(back.curves.map(({ name }) => name)).toEqual(clip.curves.map(({ name }) => name));
      const { metres, degrees } = compareClips(clip, back);
      expect(metres).toBeLessThan(MOST_METRES);
      expect(degrees).toBeLessThan(MOST_DEGREES);
    }
  }, 60_000);
});

function sampleClips(): Clip[] {
  return [...makeLibrary(1, SCRIPTS.slice(0, 1))].map(({ clip }) => clip);
}
