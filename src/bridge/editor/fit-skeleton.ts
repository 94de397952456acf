import { type Clip, keepSignsContinuous, restWorldPose, type Skeleton } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import {
  angleBetween,
  conjugate,
  IDENTITY,
  multiply,
  type Quat,
  quatAt,
  rotate,
  setQuat,
} from '../../math/quat.js';
import { distance, setVec3, type Vec3, vec3At, ZERO } from '../../math/vec3.js';

/** A skeleton of the open editor. */
export interface EditorSkeleton {
  /** Content path. */
  readonly path: string;
  readonly skeleton: Skeleton;
}

/** Rest poses that lie nearer are the same. */
const SAME_METRES = 1e-3;
/** Rest poses that lie farther apart are two bodies. */
const MOST_METRES = 0.02;
const SAME_RADIANS = 1e-7;

/**
 * The clip in the bone axes of an editor's skeleton.
 *
 * Its joints must be bones of that skeleton, found by name without regard to case, under the same parents and of
 * the same lengths. Bones that the clip lacks keep their reference pose. A file whose format has no rest
 * rotations (BVH) turns every joint's axes to the world's in the rest pose; where rest poses agree in place, the
 * axes are turned back, which moves nothing.
 *
 * @throws GaitwayError `bridge/bone-missing`, `bridge/parent-differs`, `bridge/rest-differs`, naming the bones.
 */
export function fitToSkeleton(clip: Clip, target: EditorSkeleton): { clip: Clip; told: Warning[] } {
  const bones = findBones(clip, target);
  checkParents(clip, target, bones);
  const turns = findTurns(clip, target, bones);
  const joints = clip.skeleton.joints.map((joint, j) => ({
    ...(target.skeleton.joints[bones[j]] as Skeleton['joints'][number]),
    parent: joint.parent,
  }));
  const fitted = { ...clip, skeleton: { joints } };
  if (turns.axes.every((turn) => angleBetween(turn, IDENTITY) < SAME_RADIANS))
    return { clip: fitted, told: turns.told };
  const turned = turnAxes(fitted, turns.axes);
  if (!turned.scales) return { clip: turned, told: turns.told };
  const { scales: _scales, ...rest } = turned;
  const message = `"${clip.name}" has joint scales along other axes than those of ${target.path}; they were left out.`;
  return { clip: rest, told: [...turns.told, { code: 'bridge/scales-left-out', message }] };
}

function findBones({ name, skeleton }: Clip, target: EditorSkeleton): number[] {
  const known = new Map(target.skeleton.joints.map((joint, j) => [joint.name.toLowerCase(), j]));
  const missing = skeleton.joints
    .filter((joint) => !known.has(joint.name.toLowerCase()))
    .map((joint) => joint.name);
  if (missing.length > 0) {
    const listed = missing.slice(0, 8).join(', ') + (missing.length > 8 ? ', …' : '');
    throw new GaitwayError(
      'bridge/bone-missing',
      `${target.path} has no bone called ${listed} (${missing.length} of the ${skeleton.joints.length} joints of "${name}"). ` +
        'Retarget the clip to this skeleton first (gaitway retarget … --to …), or name the skeleton it was made for with --skeleton.',
      { bones: missing.slice(0, 200), skeleton: target.path },
    );
  }
  return skeleton.joints.map((joint) => known.get(joint.name.toLowerCase()) as number);
}

/** A clip may begin below the skeleton's root where nothing above turns or moves. */
function checkParents(
  { name, skeleton }: Clip,
  { path, skeleton: target }: EditorSkeleton,
  bones: readonly number[],
): void {
  const rest = restWorldPose(target);
  skeleton.joints.forEach(({ name: joint, parent }, j) => {
    const wanted = (target.joints[bones[j] as number] as Skeleton['joints'][number]).parent;
    if (parent < 0 ? wanted < 0 : bones[parent] === wanted) return;
    const isAtOrigin =
      parent < 0 &&
      wanted >= 0 &&
      distance(vec3At(rest.positions, wanted), ZERO) < SAME_METRES &&
      angleBetween(quatAt(rest.rotations, wanted), IDENTITY) < 1e-4;
    if (isAtOrigin) return;
    const of = (index: number, list: Skeleton): string =>
      index < 0 ? 'none' : `"${list.joints[index]?.name}"`;
    throw new GaitwayError(
      'bridge/parent-differs',
      `The parent of "${joint}" is ${of(parent, skeleton)} in "${name}" but ${of(wanted, target)} in ${path}; the clip is not ` +
        'on this skeleton. Retarget it first.',
      { joint, skeleton: path },
    );
  });
}

/** For every joint the turn from the clip's axes to the skeleton's. */
function findTurns(
  clip: Clip,
  { path, skeleton: target }: EditorSkeleton,
  bones: readonly number[],
): { axes: Quat[]; told: Warning[] } {
  const own = restWorldPose(clip.skeleton);
  const theirs = restWorldPose(target);
  const apart = bones.map((bone, j) => distance(vec3At(own.positions, j), vec3At(theirs.positions, bone)));
  const farthest = apart.indexOf(Math.max(...apart));
  if (apart[farthest] < MOST_METRES) {
    const axes = bones.map((bone, j) =>
      multiply(conjugate(quatAt(own.rotations, j)), quatAt(theirs.rotations, bone)),
    );
    return {
      axes,
      told: apart[farthest] < SAME_METRES ? [] : [restDiffers(clip, path, farthest, apart[farthest])],
    };
  }
  // Another rest pose, but perhaps the same bones: then every bone lies to its parent as it does there.
  const offsets = bones.map((bone, j) =>
    clip.skeleton.joints[j].parent < 0
      ? 0
      : distance(clip.skeleton.joints[j].restTranslation, target.joints[bone].restTranslation),
  );
  const worst = offsets.indexOf(Math.max(...offsets));
  if (offsets[worst] < SAME_METRES) return { axes: bones.map(() => IDENTITY), told: [] };
  throw new GaitwayError(
    'bridge/rest-differs',
    `"${clip.name}" is made for another body than ${path}: in the rest pose "${clip.skeleton.joints[farthest].name}" lies ` +
      `${(100 * apart[farthest]).toFixed(1)} cm away from where that skeleton has it. Retarget the clip to this skeleton first.`,
    { joint: clip.skeleton.joints[farthest].name, metres: apart[farthest], skeleton: path },
  );
}

function restDiffers(clip: Clip, path: string, joint: number, metres: number): Warning {
  const { name } = clip.skeleton.joints[joint];
  return {
    code: 'bridge/rest-differs',
    joint: name,
    message:
      `The rest pose of "${clip.name}" is not quite that of ${path}: "${name}" lies ${(100 * metres).toFixed(1)} cm away. ` +
      "The clip's own bone lengths are pushed.",
  };
}

/** Turns every joint's axes by a fixed rotation; nothing moves in the world. */
function turnAxes(clip: Clip, axes: readonly Quat[]): Clip {
  const { joints } = clip.skeleton;
  const rotations = new Float64Array(clip.rotations.length);
  const translations = new Float64Array(clip.translations.length);
  for (let f = 0; f < clip.frameCount; f++) {
    joints.forEach(({ parent }, j) => {
      const i = f * joints.length + j;
      const back: Quat = parent < 0 ? IDENTITY : conjugate(axes[parent] as Quat);
      setQuat(rotations, i, multiply(multiply(back, quatAt(clip.rotations, i)), axes[j] as Quat));
      const place: Vec3 = vec3At(clip.translations, i);
      setVec3(translations, i, parent < 0 ? place : rotate(back, place));
    });
  }
  keepSignsContinuous(rotations, joints.length);
  return { ...clip, rotations, translations };
}
