import { multiplyRows } from '../math/quat-rows.js';
import { type PoseBlock, SOUGHT } from './pose-block.js';

/**
 * World poses of the source's first `count` frames from its local ones, as far as they are sought. Tells whether all their
 * numbers are finite.
 */
export function worldPoses(block: PoseBlock, count: number): boolean {
  const { sourceCount, parents, sought } = block;
  const { sourceLocalTurns, sourceLocalPlaces, sourceTurns, sourcePlaces } = block;
  let sum = 0;
  for (let f = 0; f < count; f++)
    for (let j = 0; j < sourceCount; j++) {
      const own = f * sourceCount + j;
      const parent = parents[j];
      const above = f * sourceCount + parent;
      if (sought[j] & SOUGHT.turn) {
        if (parent >= 0)
          multiplyRows(sourceTurns, 4 * above, sourceLocalTurns, 4 * own, sourceTurns, 4 * own);
        else for (let k = 0; k < 4; k++) sourceTurns[4 * own + k] = sourceLocalTurns[4 * own + k];
        for (let k = 0; k < 4; k++) sum += sourceTurns[4 * own + k];
      }
      if (sought[j] & SOUGHT.place) {
        let x = sourceLocalPlaces[3 * own];
        let y = sourceLocalPlaces[3 * own + 1];
        let z = sourceLocalPlaces[3 * own + 2];
        if (parent >= 0) {
          const ax = sourceTurns[4 * above];
          const ay = sourceTurns[4 * above + 1];
          const az = sourceTurns[4 * above + 2];
          const aw = sourceTurns[4 * above + 3];
          const ux = 2 * (ay * z - az * y);
          const uy = 2 * (az * x - ax * z);
          const uz = 2 * (ax * y - ay * x);
          x = sourcePlaces[3 * above] + x + aw * ux + ay * uz - az * uy;
          y = sourcePlaces[3 * above + 1] + y + aw * uy + az * ux - ax * uz;
          z = sourcePlaces[3 * above + 2] + z + aw * uz + ax * uy - ay * ux;
        }
        sourcePlaces[3 * own] = x;
        sourcePlaces[3 * own + 1] = y;
        sourcePlaces[3 * own + 2] = z;
        sum += x + y + z;
      }
    }
  return Number.isFinite(sum);
}
