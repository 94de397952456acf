/** A clip as three has it: bones, a skinned mesh that holds them, and an animation of the joints with a role. */
import {
  AnimationClip,
  Bone,
  BufferGeometry,
  QuaternionKeyframeTrack,
  Skeleton,
  SkinnedMesh,
  VectorKeyframeTrack,
} from 'three';
import { frameTime, rateHz } from '../../../dist/clip/index.js';

export function threeFigure(clip, body) {
  const { joints } = clip.skeleton;
  const bones = joints.map(({ name, restTranslation, restRotation }) => {
    const bone = new Bone();
    bone.name = name;
    bone.position.set(...restTranslation);
    bone.quaternion.set(...restRotation);
    return bone;
  });
  const mesh = new SkinnedMesh(new BufferGeometry());
  joints.forEach(({ parent }, j) => {
    (parent < 0 ? mesh : bones[parent]).add(bones[j]);
  });
  mesh.updateMatrixWorld(true);
  mesh.bind(new Skeleton(bones));
  const times = Float32Array.from({ length: clip.frameCount }, (_, f) => f * frameTime(clip.rate));
  const track = (Track, values, width, joint, what) => {
    const out = new Float32Array(width * clip.frameCount);
    for (let f = 0; f < clip.frameCount; f++)
      for (let k = 0; k < width; k++) out[width * f + k] = values[width * (f * joints.length + joint) + k];
    return new Track(`.bones[${joints[joint].name}].${what}`, times, out);
  };
  const isItsOwn = clip.rotations.length === 4 * joints.length * clip.frameCount;
  const tracks = isItsOwn
    ? [...new Set(Object.values(body.roles))].map((joint) =>
        track(QuaternionKeyframeTrack, clip.rotations, 4, joint, 'quaternion'),
      )
    : [];
  if (isItsOwn) tracks.push(track(VectorKeyframeTrack, clip.translations, 3, body.roles.pelvis, 'position'));
  return { mesh, animation: new AnimationClip('clip', -1, tracks), fps: rateHz(clip.rate) };
}
