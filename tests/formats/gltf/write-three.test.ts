import {
  AnimationMixer,
  type Bone,
  LoopOnce,
  type Object3D,
  Quaternion,
  type SkinnedMesh,
  Vector3,
} from 'three';
import { type GLTF, GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { describe, expect, it } from 'vitest';
import { type Clip, frameTime, worldPoseOfFrame } from '../../../src/clip/index.js';
import { writeGlb } from '../../../src/formats/index.js';
import { angleBetween, quatAt } from '../../../src/math/quat.js';
import { distance, vec3At } from '../../../src/math/vec3.js';
import { makeClip } from '../made-clip.js';

const load = (bytes: Uint8Array): Promise<GLTF> =>
  new GLTFLoader().parseAsync(Uint8Array.from(bytes).buffer, '');

function findSkin(root: Object3D): SkinnedMesh {
  let found: SkinnedMesh | undefined;
  root.traverse((object) => {
    if ('isSkinnedMesh' in object) found = object as SkinnedMesh;
  });
  if (!found) throw new Error('three found no skin');
  return found;
}

/** Largest distance (metres) and turn (degrees) between three's bones and the clip, joints by their place in the skin. */
function compareWithThree(
  { scene, animations }: GLTF,
  clip: Clip,
  take: number,
): { metres: number; degrees: number } {
  const bones: readonly Bone[] = findSkin(scene).skeleton.bones;
  expect(bones).toHaveLength(clip.skeleton.joints.length);
  const mixer = new AnimationMixer(scene);
  const action = mixer.clipAction(animations[take]).setLoop(LoopOnce, 1).play();
  action.clampWhenFinished = true;
  let metres = 0;
  let degrees = 0;
  for (let f = 0; f < clip.frameCount; f++) {
    mixer.setTime(f * frameTime(clip.rate));
    scene.updateMatrixWorld(true);
    const pose = worldPoseOfFrame(clip, f);
    bones.forEach((bone, j) => {
      const place = bone.getWorldPosition(new Vector3());
      const turn = bone.getWorldQuaternion(new Quaternion());
      metres = Math.max(metres, distance([place.x, place.y, place.z], vec3At(pose.positions, j)));
      const angle = angleBetween([turn.x, turn.y, turn.z, turn.w], quatAt(pose.rotations, j));
      degrees = Math.max(degrees, (angle * 180) / Math.PI);
    });
  }
  return { metres, degrees };
}

describe('three reads what is written', () => {
  it.each([1, 3])('the same poses, with %i roots and names that it changes', async (rootCount) => {
    const clips = [30, 12].map((frameCount) => {
      const clip = makeClip({ seed: 8, frameCount, rootCount });
      return {
        ...clip,
        name: `clip:${frameCount}`,
        skeleton: {
          joints: clip.skeleton.joints.map((joint, j) => ({ ...joint, name: `rig:a.b|${j}/[c]` })),
        },
      };
    });
    const gltf = await load((await writeGlb(clips)).bytes);
    clips.forEach((clip, take) => {
      const { metres, degrees } = compareWithThree(gltf, clip, take);
      expect(metres).toBeLessThan(1e-5);
      expect(degrees).toBeLessThan(0.01);
    });
  });

  it('curves as weights of the mesh', async () => {
    const values = Float64Array.of(0, 0.25, 0.5, 1);
    const clip = { ...makeClip({ seed: 1, frameCount: 4 }), curves: [{ name: 'jaw.open', values }] };
    const { scene, animations } = await load((await writeGlb([clip])).bytes);
    const mesh = findSkin(scene);
    expect(mesh.morphTargetDictionary).toEqual({ 'jaw.open': 0 });
    const mixer = new AnimationMixer(scene);
    mixer.clipAction(animations[0]).play();
    mixer.setTime(2 / 30);
    expect(mesh.morphTargetInfluences?.[0]).toBeCloseTo(0.5, 5);
  });
});
