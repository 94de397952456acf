import type { BodyRole } from '../../clip/index.js';
import { conjugate, quatAt, rotate } from '../../math/quat.js';
import {
  add,
  angleBetweenVectors,
  cross,
  length,
  normalise,
  subtract,
  UP,
  type Vec3,
  vec3At,
  ZERO,
} from '../../math/vec3.js';
import { type Body, SIDES } from '../body/body.js';
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

/** The axis about which each elbow and knee bends, seen from the upper and from the lower joint of the limb. */
export function observedHinges(
  track: WorldTrack,
  body: Body,
  from: number,
): Partial<Record<BodyRole, Evidence>> {
  const out: Partial<Record<BodyRole, Evidence>> = {};
  const stride = Math.max(1, Math.floor((track.frameCount - from) / MOST_FRAMES_LOOKED_AT));
  for (const side of SIDES) {
    for (const [upperRole, lowerRole, endRole] of [
      [`upperArm${side}`, `forearm${side}`, `hand${side}`],
      [`thigh${side}`, `calf${side}`, `foot${side}`],
    ] as const) {
      const [upper, lower, end] = [body.roles[upperRole], body.roles[lowerRole], body.roles[endRole]];
      if (upper === undefined || lower === undefined || end === undefined) continue;
      const sums: [Vec3, Vec3] = [ZERO, ZERO];
      let frames = 0;
      for (let f = from; f < track.frameCount; f += stride) {
        const row = f * track.jointCount;
        const knee = vec3At(track.positions, row + lower);
        const u = subtract(knee, vec3At(track.positions, row + upper));
        const l = subtract(vec3At(track.positions, row + end), knee);
        const bend = angleBetweenVectors(u, l);
        if (bend < BENT.least || bend > BENT.most) continue;
        const hinge = normalise(cross(u, l));
        sums[0] = add(sums[0], rotate(conjugate(quatAt(track.rotations, row + upper)), hinge));
        sums[1] = add(sums[1], rotate(conjugate(quatAt(track.rotations, row + lower)), hinge));
        frames++;
      }
      if (frames === 0) continue;
      out[upperRole] = { direction: normalise(sums[0]), frames, agreement: length(sums[0]) / frames };
      out[lowerRole] = { direction: normalise(sums[1]), frames, agreement: length(sums[1]) / frames };
    }
  }
  return out;
}

/** How a foot lies when its sole is flat: `direction` points up off it. */
export interface SoleEvidence extends Evidence {
  /** Angle of the line from ankle to ball above the horizontal then, radians; nothing without toes. */
  readonly pitch: number | undefined;
}

/** The direction that points up in each foot's frame while its sole is flat on the floor. */
export function observedSoles(
  track: WorldTrack,
  body: Body,
  contacts: FeetContacts,
  from: number,
): Partial<Record<BodyRole, SoleEvidence>> {
  const seen: { role: BodyRole; up: Vec3; pitch: number }[] = [];
  const stride = Math.max(1, Math.floor((track.frameCount - from) / MOST_FRAMES_OF_FEET));
  for (const side of SIDES) {
    const [foot, toe] = [body.roles[`foot${side}`], body.roles[`toe${side}`]];
    const standing = contacts[side]?.standing;
    if (foot === undefined || !standing) continue;
    for (let f = from; f < track.frameCount; f += stride) {
      if (!standing[f]) continue;
      const row = f * track.jointCount;
      const up = rotate(conjugate(quatAt(track.rotations, row + foot)), UP);
      const along =
        toe === undefined
          ? undefined
          : normalise(subtract(vec3At(track.positions, row + toe), vec3At(track.positions, row + foot)));
      seen.push({
        role: `foot${side}`,
        up,
        pitch: along ? Math.asin(Math.max(-1, Math.min(1, along[1]))) : 0,
      });
    }
  }
  const pitches = seen.map((contact) => contact.pitch).sort((a, b) => a - b);
  const flattest = pitches[Math.floor(FLATTEST_SHARE * (pitches.length - 1))] ?? 0;
  const out: Partial<Record<BodyRole, SoleEvidence>> = {};
  for (const side of SIDES) {
    const flat = seen.filter(
      ({ role, pitch }) => role === `foot${side}` && Math.abs(pitch - flattest) <= FLAT_WITHIN,
    );
    if (flat.length === 0) continue;
    const sum = flat.reduce<Vec3>((total, { up }) => add(total, up), ZERO);
    out[`foot${side}`] = {
      direction: normalise(sum),
      frames: flat.length,
      agreement: length(sum) / flat.length,
      pitch:
        body.roles[`toe${side}`] === undefined
          ? undefined
          : flat.reduce((total, { pitch }) => total + pitch, 0) / flat.length,
    };
  }
  return out;
}
