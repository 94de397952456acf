import type { Rate } from '../../clip/index.js';
import { conjugate, multiply, quatAt, rotate } from '../../math/quat.js';
import { multiplyRows, rotateRow } from '../../math/quat-rows.js';
import { subtract, type Vec3, vec3At } from '../../math/vec3.js';
import type { Side } from '../body/body.js';
import { pathOf, type TravelScale, type WorldTrack } from '../body/world-track.js';
import { type MovingFigure, restSizeOf, sizeOf } from '../calibrate/calibrate.js';
import type { Figure } from '../calibrate/figure.js';
import { type ContactSpan, detectContacts, type FootContacts, spansOf } from '../contacts/contacts.js';

/** The heel of one foot of the target over a clip. */
export interface Heel {
  /** From the ankle, world, metres, [frames, 3]. */
  readonly offset: Float64Array;
  /** The source's heel, scaled to the target and set on its floor, [frames, 3]. */
  readonly wish: Float64Array;
  /** Stretches in which the heel stands and the ball does not. */
  readonly spans: readonly ContactSpan[];
}

/** So far behind the ankle a heel touches the floor, in leg lengths. */
const BEHIND = 0.06;
/** An ankle that lies no higher over the sole than this share of a leg has no heel to speak of. */
const LEAST_HEIGHT = 0.02;

/**
 * The heel of a foot that has one on both figures: the place under and behind the ankle that is level with the
 * ball while the sole is flat.
 *
 * `standHeight` is the height at which the target's ball stands. No rig has a joint there; it is found from the
 * soles. It stands from the moment at which it strikes until the `ball` does.
 */
export function heelOf(
  side: Side,
  source: MovingFigure,
  target: Figure,
  scale: TravelScale,
  standHeight: number,
  rate: Rate,
  ball: FootContacts,
): Heel | undefined {
  const { figure, track, calibrationFrames } = source;
  const foot = figure.body.roles[`foot${side}`];
  const [legLength, size] = [restSizeOf(target.skeleton, target.body), sizeOf(track, figure.body)];
  const own = heelInSole(figure, side, size);
  const wanted = heelInSole(target, side, legLength);
  if (foot === undefined || !own || !wanted) return undefined;
  const path = pathOf(track, foot);
  add(path, turned(track, foot, figure.anatomy.jointFromAnatomy, own));
  const { floor, standing } = detectContacts(path, rate, size, calibrationFrames);
  for (let i = 0; i < path.length; i++) {
    if (i % 3 === 1) path[i] = standHeight + (path[i] - floor) * scale.vertical;
    else path[i] *= scale.horizontal;
  }
  return {
    offset: turned(track, foot, figure.anatomy.jointFromAnatomy, wanted),
    wish: path,
    spans: spansOf(standing.map((on, f) => (on && !ball.standing[f] ? 1 : 0))),
  };
}

/** From ankle to heel in the axes of the sole (left, up off it, towards the toes), metres. */
function heelInSole({ body, anatomy }: Figure, side: Side, legLength: number): Vec3 | undefined {
  const [foot, toe] = [body.roles[`foot${side}`], body.roles[`toe${side}`]];
  if (foot === undefined || toe === undefined || !anatomy.known[foot]) return undefined;
  const { positions, rotations } = anatomy.reference.world;
  const sole = multiply(quatAt(rotations, foot), quatAt(anatomy.jointFromAnatomy, foot));
  const ball = rotate(conjugate(sole), subtract(vec3At(positions, toe), vec3At(positions, foot)));
  return ball[1] < -LEAST_HEIGHT * legLength ? [0, ball[1], -BEHIND * legLength] : undefined;
}

/** A vector in the axes of a joint's anatomy as the joint turns it, world, [frames, 3]. */
function turned(track: WorldTrack, joint: number, anatomy: Float64Array, vector: Vec3): Float64Array {
  const out = new Float64Array(3 * track.frameCount);
  const turn = new Float64Array(4);
  const v = Float64Array.from(vector);
  for (let f = 0; f < track.frameCount; f++) {
    multiplyRows(track.rotations, 4 * (f * track.jointCount + joint), anatomy, 4 * joint, turn, 0);
    rotateRow(turn, 0, v, 0, out, 3 * f);
  }
  return out;
}

function add(to: Float64Array, what: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += what[i];
}
