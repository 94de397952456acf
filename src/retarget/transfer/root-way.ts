import { frameTime, type Rate, restWorldPose } from '../../clip/index.js';
import { yawOf } from '../../math/quat.js';
import { rotateRow } from '../../math/quat-rows.js';
import { savitzkyGolay } from '../../math/savitzky-golay.js';
import { bodyAxes } from '../body/standing.js';
import type { TravelScale, WorldTrack } from '../body/world-track.js';
import type { Figure } from '../calibrate/figure.js';
import type { RootMode } from './root-mode.js';

const PLACE_SECONDS = 0.5;
const FACING_SECONDS = 1;
const Z = Float64Array.of(0, 0, 1);

/** A joint at the floor and its way, both [frames, 4] of x, y, z and turn about the vertical from rest, radians. */
export interface RootWay {
  readonly joint: number;
  /** Where the body has it. */
  readonly path: Float64Array;
  /** Where the result has it, the body with it: at rest in the parts that are `in-place`; nothing where none is. */
  readonly shown: Float64Array | undefined;
}

/** What the root is made from. */
export interface RootSources {
  readonly source: { readonly figure: Figure; readonly track: WorldTrack };
  readonly target: Figure;
  /** The target's pelvis, [frames, 3]. */
  readonly pelvis: Float64Array;
  /** How high over its floor the target's lower foot is, metres, [frames]. */
  readonly feet: Float64Array;
  readonly rate: Rate;
  readonly scale: TravelScale;
}

/**
 * The way of the joint that stands at the floor under the body; the pelvis itself where there is none.
 *
 * Each part goes as its mode says, see `RootMode`. What follows the body is smoothed over half a second, its
 * facing over a second. `keep` stays at rest where the source has no root.
 */
export function rootWay(mode: RootMode, sources: RootSources): RootWay {
  const { source, target, pelvis, feet, rate, scale } = sources;
  const { frameCount } = source.track;
  const joint = target.body.root ?? target.body.roles.pelvis ?? 0;
  const rest = restWorldPose(target.skeleton);
  const atRest = [...rest.positions.subarray(3 * joint, 3 * joint + 3), 0];
  const path = new Float64Array(4 * frameCount);
  for (let f = 0; f < frameCount; f++) path.set(atRest, 4 * f);
  const parts = [mode.position, mode.height, mode.position, mode.yaw];
  const isPelvis = joint === target.body.roles.pelvis;
  // A pelvis without a joint above it goes its own way; only taking that way out asks what it is.
  if (isPelvis && !parts.includes('in-place')) return { joint, path, shown: undefined };

  const takes = (part: number): boolean => parts[part] === 'from-body' || parts[part] === 'in-place';
  const write = (part: number, values: (f: number) => number): void => {
    for (let f = 0; f < frameCount; f++) path[4 * f + part] = values(f);
  };
  const smooth = (values: Float64Array, seconds: number): Float64Array =>
    savitzkyGolay(values, Math.floor(seconds / frameTime(rate) / 2));
  const column = (values: Float64Array, width: number, k: number): Float64Array => {
    const out = new Float64Array(frameCount);
    for (let f = 0; f < frameCount; f++) out[f] = values[width * f + k];
    return out;
  };
  for (const part of [0, 2]) {
    if (!takes(part)) continue;
    const along = smooth(column(pelvis, 3, part), PLACE_SECONDS);
    write(part, (f) => along[f]);
  }
  if (takes(1)) {
    const height = smooth(feet, PLACE_SECONDS);
    write(1, (f) => atRest[1] + Math.max(0, height[f]));
  }
  if (takes(3)) {
    const axes = bodyAxes(rest, target.body);
    const restYaw = axes ? yawOf(axes.forward) : 0;
    const { anatomy, body } = source.figure;
    const facing = headings(source.track, body.roles.pelvis ?? 0, anatomy.jointFromAnatomy);
    const [u, v] = [0, 1].map((k) => smooth(column(facing, 2, k), FACING_SECONDS));
    write(3, (f) => Math.atan2(u[f], v[f]) - restYaw);
  }
  const own = source.figure.body.root;
  if (own !== undefined && parts.includes('keep')) {
    const kept = keptWay(source, own, scale, atRest[1]);
    parts.forEach((part, i) => {
      if (part === 'keep') write(i, (f) => kept[4 * f + i]);
    });
  }
  unwrap(path);
  if (!parts.includes('in-place')) return { joint, path, shown: undefined };
  const shown = Float64Array.from(path);
  parts.forEach((part, i) => {
    if (part !== 'in-place') return;
    // A body without a root stays as high as it is: there is no floor joint to leave it above.
    for (let f = 0; f < frameCount; f++)
      shown[4 * f + i] = isPelvis && i !== 3 ? (i === 1 ? atRest[1] : 0) : atRest[i];
  });
  return { joint, path, shown };
}

/** The way of the source's own root, scaled; `floor` is where the target's root lies at rest. */
function keptWay(
  { figure, track }: RootSources['source'],
  joint: number,
  scale: TravelScale,
  floor: number,
): Float64Array {
  const rest = restWorldPose(figure.skeleton);
  const back = new Float64Array(4 * track.jointCount);
  for (let k = 0; k < 4; k++) back[4 * joint + k] = (k < 3 ? -1 : 1) * rest.rotations[4 * joint + k];
  const forward = headings(track, joint, back);
  const path = new Float64Array(4 * track.frameCount);
  for (let f = 0; f < track.frameCount; f++) {
    const at = 3 * (f * track.jointCount + joint);
    path[4 * f] = track.positions[at] * scale.horizontal;
    path[4 * f + 1] = floor + (track.positions[at + 1] - rest.positions[3 * joint + 1]) * scale.vertical;
    path[4 * f + 2] = track.positions[at + 2] * scale.horizontal;
    path[4 * f + 3] = Math.atan2(forward[2 * f], forward[2 * f + 1]);
  }
  return path;
}

/** Takes the jumps by a whole turn out of a way's turns. */
function unwrap(path: Float64Array): void {
  for (let i = 7; i < path.length; i += 4) {
    path[i] -= 2 * Math.PI * Math.round((path[i] - path[i - 4]) / (2 * Math.PI));
  }
}

/** Where a joint's own +Z, turned first by its row of `turns`, lies on the ground, [frames, 2]. */
function headings(track: WorldTrack, joint: number, turns: Float64Array): Float64Array {
  const out = new Float64Array(2 * track.frameCount);
  const forward = new Float64Array(3);
  const place = new Float64Array(3);
  rotateRow(turns, 4 * joint, Z, 0, forward, 0);
  for (let f = 0; f < track.frameCount; f++) {
    rotateRow(track.rotations, 4 * (f * track.jointCount + joint), forward, 0, place, 0);
    out[2 * f] = place[0];
    out[2 * f + 1] = place[2];
  }
  return out;
}
