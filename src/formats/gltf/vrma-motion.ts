import {
  type Clip,
  keepSignsContinuous,
  makeWorldPose,
  type WorldPose,
  worldPoseOfFrame,
} from '../../clip/index.js';
import { angleBetween, quatAt } from '../../math/quat.js';
import { divideRows, multiplyRows, rotateRow, rotateRowBack } from '../../math/quat-rows.js';
import { distance, vec3At } from '../../math/vec3.js';

/** Differences from the clip that are worth telling: metres and radians. */
const OFF_PLACE = 1e-4;
const OFF_TURN = 2e-3;
const STANDS_STILL = 1e-7;
/** A rest pose whose lowest bone is within these heights (metres) stands on the ground as it is. */
const ON_GROUND = [-0.05, 0.25] as const;

/** A clip as a VRMA holds it: only human bones turn, and only the hips move. */
export interface VrmaMotion {
  /** Rest pose, joint to parent: rotations [joints, 4] and translations [joints, 3]. */
  readonly rest: { readonly rotations: Float64Array; readonly translations: Float64Array };
  /** [frames, joints, 4], to the parent; of joints that are no human bones the rest rotation */
  readonly rotations: Float64Array;
  /** [frames, 3], to the parent, metres */
  readonly hips: Float64Array;
  /** Joints that stand or are turned otherwise than in the clip at some frame, but for those above the hips. */
  readonly changed: readonly number[];
}

/**
 * Carries a clip over to a rest pose that is a T-pose, so that human bones keep their turns in the world.
 *
 * What joints above the hips do, and joints between bones, goes into the bones below them. Lengths are those
 * of the clip's first frame. A rest pose that hangs in the air or in the ground is put on it by its hips.
 */
export function vrmaMotion(
  clip: Clip,
  isHuman: readonly boolean[],
  hips: number,
  tPose: WorldPose,
): VrmaMotion {
  const { skeleton, frameCount } = clip;
  const { joints } = skeleton;
  const count = joints.length;
  const aboveHips = joints.map(() => false);
  for (let j = joints[hips].parent; j >= 0; j = joints[j].parent) aboveHips[j] = true;

  const rest = {
    rotations: new Float64Array(4 * count),
    translations: Float64Array.from(clip.translations.subarray(0, 3 * count)),
  };
  const world = makeWorldPose(count);
  joints.forEach(({ parent }, j) => {
    const isFree = !isHuman[j] && !aboveHips[j];
    if (isFree && holdsStill(clip, j)) copyRow(clip.rotations, 4 * j, rest.rotations, 4 * j, 4);
    else localRotation(tPose.rotations, parent, j, tPose.rotations, rest.rotations);
    if (j === hips || aboveHips[j]) localTranslation(tPose, parent, j, tPose.positions, rest.translations);
    stepDown(world, parent, j, rest.rotations, 4 * j, rest.translations, 3 * j);
    // A bone of the T-pose is turned as it says, whatever stands between it and the next bone above.
    if (isHuman[j]) {
      copyRow(tPose.rotations, 4 * j, world.rotations, 4 * j, 4);
      localRotation(world.rotations, parent, j, world.rotations, rest.rotations);
    }
  });
  putOnGround(world, isHuman, hips, joints[hips].parent, rest.translations);

  const rotations = new Float64Array(4 * count * frameCount);
  const hipsWay = new Float64Array(3 * frameCount);
  const translations = Float64Array.from(rest.translations);
  const wanted = makeWorldPose(count);
  const changed = new Set<number>();
  for (let f = 0; f < frameCount; f++) {
    worldPoseOfFrame(clip, f, wanted);
    for (let j = 0; j < count; j++) {
      const { parent } = joints[j];
      const at = 4 * (f * count + j);
      if (isHuman[j]) {
        if (parent < 0) copyRow(wanted.rotations, 4 * j, rotations, at, 4);
        else divideRows(world.rotations, 4 * parent, wanted.rotations, 4 * j, rotations, at);
      } else copyRow(rest.rotations, 4 * j, rotations, at, 4);
      if (j === hips) {
        localTranslation(world, parent, j, wanted.positions, translations);
        copyRow(translations, 3 * j, hipsWay, 3 * f, 3);
      }
      stepDown(world, parent, j, rotations, at, translations, 3 * j);
      if (!aboveHips[j] && isOff(world, wanted, j)) changed.add(j);
    }
  }
  keepSignsContinuous(rotations, count);
  return { rest, rotations, hips: hipsWay, changed: [...changed].sort((a, b) => a - b) };
}

/** Whether a joint's rotation to its parent is the same in all frames. */
function holdsStill({ rotations, frameCount, skeleton }: Clip, joint: number): boolean {
  const count = skeleton.joints.length;
  for (let f = 1; f < frameCount; f++)
    for (let k = 0; k < 4; k++)
      if (Math.abs(rotations[4 * (f * count + joint) + k] - rotations[4 * joint + k]) > STANDS_STILL)
        return false;
  return true;
}

function copyRow(from: Float64Array, at: number, to: Float64Array, toAt: number, size: number): void {
  for (let k = 0; k < size; k++) to[toAt + k] = from[at + k];
}

/** Writes a joint's rotation to its parent; `parents` are world rotations, `own` has the joint's. */
function localRotation(
  parents: Float64Array,
  parent: number,
  j: number,
  own: Float64Array,
  out: Float64Array,
): void {
  if (parent < 0) copyRow(own, 4 * j, out, 4 * j, 4);
  else divideRows(parents, 4 * parent, own, 4 * j, out, 4 * j);
}

/** Writes a joint's place in its parent's frame; `places` has the joint's place in the world. */
function localTranslation(
  { positions, rotations }: WorldPose,
  parent: number,
  j: number,
  places: Float64Array,
  out: Float64Array,
): void {
  copyRow(places, 3 * j, out, 3 * j, 3);
  if (parent < 0) return;
  for (let k = 0; k < 3; k++) out[3 * j + k] -= positions[3 * parent + k];
  rotateRowBack(rotations, 4 * parent, out, 3 * j, out, 3 * j);
}

/** Writes a joint's world place and rotation below its parent. */
function stepDown(
  world: WorldPose,
  parent: number,
  j: number,
  rotations: Float64Array,
  at4: number,
  translations: Float64Array,
  at3: number,
): void {
  if (parent < 0) {
    copyRow(rotations, at4, world.rotations, 4 * j, 4);
    copyRow(translations, at3, world.positions, 3 * j, 3);
    return;
  }
  multiplyRows(world.rotations, 4 * parent, rotations, at4, world.rotations, 4 * j);
  rotateRow(world.rotations, 4 * parent, translations, at3, world.positions, 3 * j);
  for (let k = 0; k < 3; k++) world.positions[3 * j + k] += world.positions[3 * parent + k];
}

function putOnGround(
  world: WorldPose,
  isHuman: readonly boolean[],
  hips: number,
  parent: number,
  translations: Float64Array,
): void {
  let lowest = Number.POSITIVE_INFINITY;
  isHuman.forEach((human, j) => {
    if (human) lowest = Math.min(lowest, world.positions[3 * j + 1]);
  });
  if (lowest >= ON_GROUND[0] && lowest <= ON_GROUND[1]) return;
  const places = Float64Array.from(world.positions);
  places[3 * hips + 1] -= lowest;
  localTranslation(world, parent, hips, places, translations);
}

const isOff = (a: WorldPose, b: WorldPose, j: number): boolean =>
  distance(vec3At(a.positions, j), vec3At(b.positions, j)) > OFF_PLACE ||
  angleBetween(quatAt(a.rotations, j), quatAt(b.rotations, j)) > OFF_TURN;
