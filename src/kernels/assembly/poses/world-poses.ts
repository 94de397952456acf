import {
  lanes,
  parents,
  sourceCount,
  sourceLocalPlaces,
  sourceLocalTurns,
  sourcePlaces,
  sourceTurns,
} from './block';
import {
  multiply,
  PLACE_BYTES,
  placeBeyond,
  readPlace,
  readTurn,
  sumOf,
  sumOfLanes,
  TURN_BYTES,
  writePlace,
  writeTurn,
} from './lanes';

/** World poses of the source's first `count` frames from its local ones. Tells whether all their numbers are finite. */
export function worldPoses(count: i32): bool {
  const turnRow = (<usize>sourceCount) << 5;
  const placeRow = <usize>sourceCount * 24;
  const placeLanes = lanes + <usize>sourceCount * TURN_BYTES;
  const turn = placeLanes + <usize>sourceCount * PLACE_BYTES;
  const place = turn + TURN_BYTES;
  let sum = f64x2.splat(0);
  for (let f = 0; f < count; f += 2) {
    const at4 = <usize>f * turnRow;
    const at3 = <usize>f * placeRow;
    for (let j = 0; j < sourceCount; j++) {
      const i4 = at4 + ((<usize>j) << 5);
      const i3 = at3 + <usize>j * 24;
      const worldTurn = lanes + <usize>j * TURN_BYTES;
      const worldPlace = placeLanes + <usize>j * PLACE_BYTES;
      const parent = load<i32>(parents + ((<usize>j) << 2));
      if (parent < 0) {
        readTurn(sourceLocalTurns + i4, sourceLocalTurns + i4 + turnRow, worldTurn);
        readPlace(sourceLocalPlaces + i3, sourceLocalPlaces + i3 + placeRow, worldPlace);
      } else {
        const above = lanes + <usize>parent * TURN_BYTES;
        readTurn(sourceLocalTurns + i4, sourceLocalTurns + i4 + turnRow, turn);
        readPlace(sourceLocalPlaces + i3, sourceLocalPlaces + i3 + placeRow, place);
        multiply(above, turn, worldTurn);
        placeBeyond(above, place, placeLanes + <usize>parent * PLACE_BYTES, worldPlace);
      }
      writeTurn(worldTurn, sourceTurns + i4, sourceTurns + i4 + turnRow);
      writePlace(worldPlace, sourcePlaces + i3, sourcePlaces + i3 + placeRow);
      const part = f64x2.add(sumOf(worldTurn, 4), sumOf(worldPlace, 3));
      sum = f64x2.add(sum, f + 1 < count ? part : f64x2.replace_lane(part, 1, 0));
    }
  }
  const all = sumOfLanes(sum);
  return all - all === 0;
}
