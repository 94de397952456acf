import { middleOf } from '../../math/middle.js';
import { size3 } from '../../math/size.js';
import { STANDARD_LEG } from '../contacts/contacts.js';
import { CM, haveBoth, type Measured, placeOf, strideOf } from './measured.js';

/** A still body has no jerk to compare; this much of it hides in the noise (cm a frame cubed). */
const JERK_FLOOR = 0.02;
/** Enough for a median. */
const MOST_FRAMES_OF_JERK = 2000;

/** Mean distance between the ways of the hips from their starts on, cm; `stretch` times as far is asked of the target. */
export function rootError(source: Measured, target: Measured, from: number, stretch: number): number {
  const stride = strideOf(source.places, from);
  const [theirs, own] = [hipWay(source, 1), hipWay(target, 1 / stretch)];
  const [begin, ownBegin, now, ownNow] = [0, 0, 0, 0].map(() => new Float64Array(3));
  theirs(from, begin);
  own(from, ownBegin);
  let sum = 0;
  let count = 0;
  for (let f = from; f < source.places.frameCount; f += stride) {
    theirs(f, now);
    own(f, ownNow);
    for (let k = 0; k < 3; k++) now[k] += ownBegin[k] - begin[k] - ownNow[k];
    sum += size3(now[0], now[1], now[2]);
    count++;
  }
  return count > 0 ? sum / count : 0;
}

/** Gives the middle between a figure's hips in a frame, cm, `along` times as far along the floor. */
function hipWay({ places, leg }: Measured, along: number): (frame: number, out: Float64Array) => void {
  const { positions, rowCount } = places;
  const [left, right] = [placeOf(places, 'thighL'), placeOf(places, 'thighR')];
  const cm = (0.5 * CM * STANDARD_LEG) / leg;
  return (frame, out) => {
    const row = 3 * frame * rowCount;
    for (let k = 0; k < 3; k++)
      out[k] = (positions[row + left + k] + positions[row + right + k]) * cm * (k === 1 ? 1 : along);
  };
}

/** Median third difference of hands and feet, target / source. */
export function jerkRatio(source: Measured, target: Measured, from: number): number | undefined {
  const [a, b] = [source, target].map((figure) => medianJerk(figure, source, target, from));
  return a === undefined || b === undefined ? undefined : (b + JERK_FLOOR) / (a + JERK_FLOOR);
}

/** Middle size of the third differences of hands and feet that both figures have, centimetres a frame cubed. */
function medianJerk(
  { places, leg }: Measured,
  source: Measured,
  target: Measured,
  from: number,
): number | undefined {
  const roles = (['handL', 'handR', 'footL', 'footR'] as const).filter((role) =>
    haveBoth(source, target, [role]),
  );
  const { positions: p, rowCount, frameCount } = places;
  const stride = Math.max(1, Math.floor((frameCount - from) / MOST_FRAMES_OF_JERK));
  const count = Math.ceil(Math.max(0, frameCount - from - 3) / stride);
  const jerks = new Float64Array(roles.length * count);
  const step = 3 * rowCount;
  let n = 0;
  for (const role of roles) {
    for (let f = from + 3; f < frameCount; f += stride) {
      const at = step * f + placeOf(places, role);
      let squares = 0;
      for (let k = at; k < at + 3; k++) {
        const jerk = p[k] - 3 * p[k - step] + 3 * p[k - 2 * step] - p[k - 3 * step];
        squares += jerk * jerk;
      }
      jerks[n++] = Math.sqrt(squares);
    }
  }
  const middle = middleOf(jerks);
  return middle === undefined ? undefined : (STANDARD_LEG / leg) * CM * middle;
}
