// The block of poses that lies in this instance's memory. Shapes and meaning are those of ../../pose-block.ts.

export let sourceCount: i32 = 0;
export let targetCount: i32 = 0;
export let parents: usize = 0;
export let sought: usize = 0;
export let steps: usize = 0;
export let numbers: usize = 0;
export let sourceLocalTurns: usize = 0;
export let sourceLocalPlaces: usize = 0;
export let sourceTurns: usize = 0;
export let sourcePlaces: usize = 0;
export let givenTurns: usize = 0;
export let givenPlaces: usize = 0;
export let turns: usize = 0;
export let places: usize = 0;
export let localTurns: usize = 0;
export let localPlaces: usize = 0;
export let last: usize = 0;
export let series: usize = 0;
export let lanes: usize = 0;

export function attach(
  sourceCount_: i32,
  targetCount_: i32,
  parents_: usize,
  sought_: usize,
  steps_: usize,
  numbers_: usize,
  sourceLocalTurns_: usize,
  sourceLocalPlaces_: usize,
  sourceTurns_: usize,
  sourcePlaces_: usize,
  givenTurns_: usize,
  givenPlaces_: usize,
  turns_: usize,
  places_: usize,
  localTurns_: usize,
  localPlaces_: usize,
  last_: usize,
  series_: usize,
  lanes_: usize,
): void {
  sourceCount = sourceCount_;
  targetCount = targetCount_;
  parents = parents_;
  sought = sought_;
  steps = steps_;
  numbers = numbers_;
  sourceLocalTurns = sourceLocalTurns_;
  sourceLocalPlaces = sourceLocalPlaces_;
  sourceTurns = sourceTurns_;
  sourcePlaces = sourcePlaces_;
  givenTurns = givenTurns_;
  givenPlaces = givenPlaces_;
  turns = turns_;
  places = places_;
  localTurns = localTurns_;
  localPlaces = localPlaces_;
  last = last_;
  series = series_;
  lanes = lanes_;
}
