import type { BodyRole } from '../../clip/index.js';
import { ranked } from '../../math/middle.js';
import { rotateRowBack } from '../../math/quat-rows.js';
import { size3 } from '../../math/size.js';
import { length, normalise, UP, type Vec3, vec3At } from '../../math/vec3.js';
import { type Body, SIDES, type Side } from '../body/body.js';
import type { WorldTrack } from '../body/world-track.js';
import type { FeetContacts } from '../contacts/feet-contacts.js';

/** A direction in a joint's own frame that a clip shows again and again. */
export interface Evidence {
  readonly direction: Vec3;
  /** Frames that speak for it. */
  readonly frames: number;
  /** 1 where all frames agree, 0 where they point anywhere. */
  readonly agreement: number;
}

const DEGREE = Math.PI / 180;
/** A straighter limb has no plane, a sharper one is folded on itself. */
const BENT = { least: 25 * DEGREE, most: 155 * DEGREE };
const MOST_FRAMES_LOOKED_AT = 600;
/** Feet stand flat in few frames of a clip. */
const MOST_FRAMES_OF_FEET = 2000;
/** A foot is flat within this of the flattest contacts. */
const FLAT_WITHIN = 5 * DEGREE;
const FLATTEST_SHARE = 0.85;
/** A shorter vector has no direction. */
const TINY = 1e-12;

/** The axis about which each elbow and knee bends, seen from the upper and from the lower joint of the limb. */
export function observedHinges(
  track: WorldTrack,
  body: Body,
  from: number,
): Partial<Record<BodyRole, Evidence>> {
  const out: Partial<Record<BodyRole, Evidence>> = {};
  const { positions: p, rotations, jointCount, frameCount } = track;
  const stride = Math.max(1, Math.floor((frameCount - from) / MOST_FRAMES_LOOKED_AT));
  const [hinge, seen, sum, lowerSum] = [0, 0, 0, 0].map(() => new Float64Array(3));
  for (const side of SIDES) {
    for (const [upperRole, lowerRole, endRole] of [
      [`upperArm${side}`, `forearm${side}`, `hand${side}`],
      [`thigh${side}`, `calf${side}`, `foot${side}`],
    ] as const) {
      const [upper, lower, end] = [body.roles[upperRole], body.roles[lowerRole], body.roles[endRole]];
      if (upper === undefined || lower === undefined || end === undefined) continue;
      sum.fill(0);
      lowerSum.fill(0);
      let frames = 0;
      for (let f = from; f < frameCount; f += stride) {
        const row = f * jointCount;
        const [a, b, c] = [3 * (row + upper), 3 * (row + lower), 3 * (row + end)];
        const [ux, uy, uz] = [p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]];
        const [lx, ly, lz] = [p[c] - p[b], p[c + 1] - p[b + 1], p[c + 2] - p[b + 2]];
        hinge[0] = uy * lz - uz * ly;
        hinge[1] = uz * lx - ux * lz;
        hinge[2] = ux * ly - uy * lx;
        const size = size3(hinge[0], hinge[1], hinge[2]);
        const bend = Math.atan2(size, ux * lx + uy * ly + uz * lz);
        if (bend < BENT.least || bend > BENT.most || size < TINY) continue;
        for (let k = 0; k < 3; k++) hinge[k] /= size;
        rotateRowBack(rotations, 4 * (row + upper), hinge, 0, seen, 0);
        for (let k = 0; k < 3; k++) sum[k] += seen[k];
        rotateRowBack(rotations, 4 * (row + lower), hinge, 0, seen, 0);
        for (let k = 0; k < 3; k++) lowerSum[k] += seen[k];
        frames++;
      }
      if (frames === 0) continue;
      out[upperRole] = evidenceOf(vec3At(sum, 0), frames);
      out[lowerRole] = evidenceOf(vec3At(lowerSum, 0), frames);
    }
  }
  return out;
}

/** What so many unit directions speak for, by their sum. */
const evidenceOf = (sum: Vec3, frames: number): Evidence => ({
  direction: normalise(sum),
  frames,
  agreement: length(sum) / frames,
});

/** How a foot lies when its sole is flat: `direction` points up off it. */
export interface SoleEvidence extends Evidence {
  /** Angle of the line from ankle to ball above the horizontal then, radians; nothing without toes. */
  readonly pitch: number | undefined;
}

/** A foot in the frames in which it stands: the direction that points up in its frame, and its pitch. */
interface StandingFoot {
  readonly role: BodyRole;
  readonly hasToe: boolean;
  readonly count: number;
  /** [count, 3] */
  readonly ups: Float64Array;
  /** [count] */
  readonly pitches: Float64Array;
}

/** The direction that points up in each foot's frame while its sole is flat on the floor. */
export function observedSoles(
  track: WorldTrack,
  body: Body,
  contacts: FeetContacts,
  from: number,
): Partial<Record<BodyRole, SoleEvidence>> {
  const feet = SIDES.flatMap((side) => standingFoot(track, body, side, contacts[side]?.standing, from));
  const count = feet.reduce((sum, foot) => sum + foot.count, 0);
  const pitches = new Float64Array(count);
  let at = 0;
  for (const foot of feet) {
    pitches.set(foot.pitches.subarray(0, foot.count), at);
    at += foot.count;
  }
  const flattest = ranked(pitches, Math.floor(FLATTEST_SHARE * (count - 1))) ?? 0;
  const out: Partial<Record<BodyRole, SoleEvidence>> = {};
  for (const foot of feet) {
    const sum = [0, 0, 0];
    let pitch = 0;
    let frames = 0;
    for (let i = 0; i < foot.count; i++) {
      if (Math.abs(foot.pitches[i] - flattest) > FLAT_WITHIN) continue;
      for (let k = 0; k < 3; k++) sum[k] += foot.ups[3 * i + k];
      pitch += foot.pitches[i];
      frames++;
    }
    if (frames === 0) continue;
    out[foot.role] = {
      ...evidenceOf(vec3At(sum, 0), frames),
      pitch: foot.hasToe ? pitch / frames : undefined,
    };
  }
  return out;
}

function standingFoot(
  { positions, rotations, jointCount, frameCount }: WorldTrack,
  body: Body,
  side: Side,
  standing: Uint8Array | undefined,
  from: number,
): StandingFoot[] {
  const role = `foot${side}` as const;
  const [foot, toe] = [body.roles[role], body.roles[`toe${side}`]];
  if (foot === undefined || !standing) return [];
  const stride = Math.max(1, Math.floor((frameCount - from) / MOST_FRAMES_OF_FEET));
  const most = Math.ceil(Math.max(0, frameCount - from) / stride);
  const ups = new Float64Array(3 * most);
  const pitches = new Float64Array(most);
  const up = Float64Array.from(UP);
  let count = 0;
  for (let f = from; f < frameCount; f += stride) {
    if (!standing[f]) continue;
    const row = f * jointCount;
    rotateRowBack(rotations, 4 * (row + foot), up, 0, ups, 3 * count);
    if (toe !== undefined) {
      const [a, b] = [3 * (row + foot), 3 * (row + toe)];
      const rise = positions[b + 1] - positions[a + 1];
      const size = size3(positions[b] - positions[a], rise, positions[b + 2] - positions[a + 2]);
      pitches[count] = size > TINY ? Math.asin(Math.max(-1, Math.min(1, rise / size))) : 0;
    }
    count++;
  }
  return [{ role, hasToe: toe !== undefined, count, ups, pitches }];
}
