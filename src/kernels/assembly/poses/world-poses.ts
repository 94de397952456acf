import {
  lanes,
  parents,
  sought,
  sourceCount,
  sourceLocalPlaces,
  sourceLocalTurns,
  sourcePlaces,
  sourceTurns,
} from './block';
import {
  multiply,
  PLACE_LANES,
  placeBeyond,
  placeLane,
  readPlace,
  readTurn,
  sumOf,
  sumOfLanes,
  TURN_LANES,
  turnLane,
  writePlace,
  writeTurn,
} from './lanes';

// The values of SOUGHT in ../../pose-block.ts.
const TURN: i32 = 1;
const PLACE: i32 = 2;

/** World poses of the source's first `count` frames from its local ones. Tells whether all their numbers are finite. */
export function worldPoses(count: i32): bool {
  const turnRow = (<usize>sourceCount) << 5;
  const placeRow = <usize>sourceCount * 24;
  const placeLanes = lanes + <usize>sourceCount * TURN_LANES;
  let sum = f64x2.splat(0);
  for (let j = 0; j < sourceCount; j++) {
    const parts = load<i32>(sought + ((<usize>j) << 2));
    const parent = load<i32>(parents + ((<usize>j) << 2));
    const above = lanes + <usize>parent * TURN_LANES;
    const worldTurns = lanes + <usize>j * TURN_LANES;
    if (parts & TURN) {
      let at = (<usize>j) << 5;
      for (let f = 0; f < count; f += 2, at += 2 * turnRow) {
        const world = worldTurns + turnLane(f);
        readTurn(sourceLocalTurns + at, sourceLocalTurns + at + turnRow, world);
        if (parent >= 0) multiply(above + turnLane(f), world, world);
        writeTurn(world, sourceTurns + at, sourceTurns + at + turnRow);
        const part = sumOf(world, 4);
        sum = f64x2.add(sum, f + 1 < count ? part : f64x2.replace_lane(part, 1, 0));
      }
    }
    if (parts & PLACE) {
      const worldPlaces = placeLanes + <usize>j * PLACE_LANES;
      const origins = placeLanes + <usize>parent * PLACE_LANES;
      let at = <usize>j * 24;
      for (let f = 0; f < count; f += 2, at += 2 * placeRow) {
        const world = worldPlaces + placeLane(f);
        readPlace(sourceLocalPlaces + at, sourceLocalPlaces + at + placeRow, world);
        if (parent >= 0) placeBeyond(above + turnLane(f), world, origins + placeLane(f), world);
        writePlace(world, sourcePlaces + at, sourcePlaces + at + placeRow);
        const part = sumOf(world, 3);
        sum = f64x2.add(sum, f + 1 < count ? part : f64x2.replace_lane(part, 1, 0));
      }
    }
  }
  const all = sumOfLanes(sum);
  return all - all === 0;
}
