import { type Curve, frameTime, type Rate } from '../../clip/index.js';
import { size3 } from '../../math/size.js';
import { SIDES } from '../body/body.js';
import type { JointPlaces } from '../body/joint-places.js';
import type { FeetContacts } from './feet-contacts.js';

const CM = 100;

/**
 * Curves by which Unreal plants feet: `FootContact_L`, 1 while the foot stands and 0 else, and `FootSpeed_L`, how
 * fast its ball (or ankle) goes in centimetres a second; the same for the right.
 *
 * `feet` tells where the feet stand in frames of the source, of which `places` begins with frame `first`. A side
 * whose foot is not known gets no curves.
 */
export function footCurves(places: JointPlaces, feet: FeetContacts, first: number, rate: Rate): Curve[] {
  return SIDES.flatMap((side) => {
    const ball = places.rows[`toe${side}`] ?? places.rows[`foot${side}`];
    const contacts = feet[side];
    if (ball === undefined || !contacts) return [];
    const standing = Float64Array.from(contacts.standing.subarray(first, first + places.frameCount));
    return [
      { name: `FootContact_${side}`, values: standing },
      { name: `FootSpeed_${side}`, values: speedOf(places, ball, rate) },
    ];
  });
}

/** Speed of a row's joint, [frames], over the frame before and the one after; one-sided at the ends. */
function speedOf({ positions, frameCount, rowCount }: JointPlaces, row: number, rate: Rate): Float64Array {
  const speeds = new Float64Array(frameCount);
  for (let f = 0; f < frameCount; f++) {
    const [before, after] = [Math.max(0, f - 1), Math.min(frameCount - 1, f + 1)];
    if (before === after) continue;
    const [a, b] = [3 * (before * rowCount + row), 3 * (after * rowCount + row)];
    const way = size3(
      positions[b] - positions[a],
      positions[b + 1] - positions[a + 1],
      positions[b + 2] - positions[a + 2],
    );
    speeds[f] = (CM * way) / ((after - before) * frameTime(rate));
  }
  return speeds;
}
