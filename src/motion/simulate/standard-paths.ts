import { type GaitSpeeds, parseStickScript, type StickScript, type StickSegment } from './stick-script.js';

export const STANDARD_PATHS = [
  'straight',
  'circle',
  'figure-eight',
  'square',
  'stop-and-go',
  'zigzag',
  'slalom',
  'turns-180',
  'spiral',
] as const;
export type StandardPath = (typeof STANDARD_PATHS)[number];

type Segment = Partial<StickSegment> & Pick<StickSegment, 'seconds'>;

/** Metres: the circles of the standard paths. */
const RADIUS = { walk: 1.5, run: 3.5 } as const;

/**
 * Sticks that lead along one of the standard paths.
 *
 * | path           | sticks                                                                      |
 * | -------------- | --------------------------------------------------------------------------- |
 * | `straight`     | ahead                                                                       |
 * | `circle`       | turning to the left on a circle of 1.5 m (walk) or 3.5 m (run)              |
 * | `figure-eight` | that circle to the left, then to the right                                  |
 * | `square`       | 2.5 s along each side, the stick thrown round by 90° at the corners         |
 * | `stop-and-go`  | 2.5 s ahead, 1.5 s let go                                                   |
 * | `zigzag`       | 1.2 s at 45° to the left, 1.2 s to the right                                |
 * | `slalom`       | swinging smoothly by 45° to either side                                     |
 * | `turns-180`    | thrown to the other side every 2.5 s                                        |
 * | `spiral`       | a circle that grows narrower from 4 radii to half of one                    |
 */
export function standardPath(
  path: StandardPath,
  speeds: GaitSpeeds,
  gait: 'walk' | 'run' = 'walk',
): StickScript {
  // Degrees per second that lead round the circle, and the seconds of the whole round.
  const turn = (180 * speeds[gait]) / (Math.PI * RADIUS[gait]);
  const round = 360 / turn;
  const segments = segmentsOf(path, turn, round);
  return parseStickScript({ name: path, segments: segments.map((segment) => ({ gait, ...segment })) });
}

function segmentsOf(path: StandardPath, turn: number, round: number): Segment[] {
  switch (path) {
    case 'straight':
      return [{ seconds: 10, ...towards(0) }];
    case 'circle':
      return [{ seconds: round, ...towards(0), turn }];
    case 'figure-eight':
      return [turn, -turn].map((rate) => ({ seconds: round, ...towards(0), turn: rate }));
    case 'square':
      return [0, 90, 180, -90].map((heading) => ({ seconds: 2.5, ...towards(heading) }));
    case 'stop-and-go':
      return [{ seconds: 2.5, ...towards(0) }, { seconds: 1.5 }];
    case 'zigzag':
      return [45, -45].map((heading) => ({ seconds: 1.2, ...towards(heading) }));
    case 'slalom':
      return [
        { seconds: 45 / turn, ...towards(0), turn },
        { seconds: 90 / turn, ...towards(45), turn: -turn },
        { seconds: 45 / turn, ...towards(-45), turn },
      ];
    case 'turns-180':
      return [0, 180].map((heading) => ({ seconds: 2.5, ...towards(heading) }));
    case 'spiral':
      return spiral(turn);
  }
}

/** Half-second pieces of growing turn, each beginning where the one before pointed. */
function spiral(turn: number): Segment[] {
  const segments: Segment[] = [];
  const pieces = 40;
  let heading = 0;
  for (let k = 0; k < pieces; k++) {
    const rate = turn * (0.25 + (1.75 * k) / (pieces - 1));
    segments.push({ seconds: 0.5, ...towards(heading), turn: rate });
    heading += rate * 0.5;
  }
  return segments;
}

/** A stick pushed all the way, `headingDeg` to the left of ahead. */
function towards(headingDeg: number): { x: number; y: number } {
  const angle = (headingDeg * Math.PI) / 180;
  return { x: -Math.sin(angle), y: Math.cos(angle) };
}
