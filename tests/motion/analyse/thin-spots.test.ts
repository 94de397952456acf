import { describe, expect, it } from 'vitest';
import { SPEED_EDGES, TURN_EDGES_DEG } from '../../../src/motion/analyse/coverage.js';
import { recordNext } from '../../../src/motion/analyse/record-next.js';
import { thinSpots } from '../../../src/motion/analyse/thin-spots.js';

const WIDTH = TURN_EDGES_DEG.length + 1;
const grid = (fill: (speed: number, turn: number) => number): number[][] =>
  Array.from({ length: SPEED_EDGES.length + 1 }, (_, s) =>
    Array.from({ length: WIDTH }, (__, t) => fill(s, t)),
  );
const gaitOf = (speed: number) =>
  (speed < 0.2 ? 'idle' : speed < 2 ? 'walk' : 'run') as 'idle' | 'walk' | 'run';

describe('thinSpots', () => {
  it('wants nothing of a database that is full, nor of one that is empty', () => {
    expect(
      thinSpots(
        grid(() => 9),
        gaitOf,
      ),
    ).toEqual([]);
    expect(
      thinSpots(
        grid(() => 0),
        gaitOf,
      ),
    ).toEqual([]);
  });

  it('wants the mirror image of a turn, in the words of a take', () => {
    // 3 to 4.5 m/s, turning left at 60 to 90 degrees a second, for 3 s; to the right not at all.
    const [spot, ...others] = thinSpots(
      grid((s, t) => (s === 4 && t === 7 ? 3 : 0)),
      gaitOf,
    );
    expect(spot).toEqual({
      gait: 'run',
      speed: [3, 4.5],
      turnDeg: [-90, -60],
      seconds: 0,
      wanted: 3,
      what: 'run, turning right 60–90 °/s, 3–4.5 m/s',
    });
    expect(others.every(({ wanted }) => wanted < 1)).toBe(true);
  });

  it('wants a speed between two, and joins neighbouring turns to one take', () => {
    const [spot] = thinSpots(
      grid((s) => (s === 3 ? 0 : 8)),
      gaitOf,
    );
    expect(spot).toMatchObject({
      speed: [2, 3],
      turnDeg: [null, null],
      what: 'run, at every turn, 2–3 m/s',
      seconds: 0,
    });
    // Of neighbours above and below, each cell lacks half of five seconds.
    expect(spot.wanted).toBeCloseTo(WIDTH * 2.5, 9);
  });
});

describe('recordNext', () => {
  const idle = {
    idleSeconds: 1,
    asked: 10,
    lockedShare: 0.5,
    wishes: [
      { name: 'walk ahead', lockedShare: 0.2 },
      { name: 'walk back', lockedShare: 0.9 },
    ],
    locked: [],
  };
  it('puts standing and the starts that are stuck among the thin spots, by what is wanted', () => {
    const spot = thinSpots(
      grid((s, t) => (s === 4 && t === 7 ? 3.5 : 0)),
      gaitOf,
    )[0];
    expect(recordNext([spot], idle).map(({ say }) => say)).toEqual([
      'record: idle, standing at ease, about 4 s',
      'record: run, turning right 60–90 °/s, 3–4.5 m/s, about 4 s',
      'record: a start from standing, walk back, about 3 s',
    ]);
    expect(recordNext([], { ...idle, idleSeconds: 20, asked: 0 })).toEqual([]);
    expect(recordNext([], undefined)).toEqual([]);
  });
});
