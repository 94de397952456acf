/** Frames that are worked on together: as many as stay near the processor; even, as its vectors hold two. */
export const BLOCK_FRAMES = 16;

/** How the world turn of a target joint comes about; `base` is the joint that it hangs from. */
export const TURN = {
  /** turns[base] · after; `after` alone without a base. */
  hangs: 0,
  /** sourceTurns[from] · after. */
  follows: 1,
  /** The blend from sourceTurns[from] · before to sourceTurns[towards] · other, by `share`, · after. */
  blends: 2,
  /** givenTurns. */
  given: 3,
  /** No world turn: the local one is `share` of the twist about `axis` of joint `from`, which leaves rest by before · local. */
  twistsBefore: 4,
  /** The same with local · before. */
  twistsBehind: 5,
  /** No world turn: the local one is before · sourceLocalTurns[from] · after. */
  within: 6,
} as const;

/** What else is done with a joint, to be added up. */
export const ASKS = {
  /** Its world place. */
  place: 1,
  /** Its place is `givenPlaces`. */
  givenPlace: 2,
  /** `givenPlaces` is added to its place. */
  movedPlace: 4,
  /** Its turn to its parent is written. */
  localTurn: 8,
  /** Its place to its parent is written. */
  localPlace: 16,
  /** World turn and place are written. */
  world: 32,
} as const;

/** What of a source joint's world pose is made, to be added up; what is above it needs as much. */
export const SOUGHT = { turn: 1, place: 2 } as const;

/** Where the words of a step lie: see `TURN` and `ASKS`; `again` is 1 where the step before blends between the same turns. */
export const WORDS = {
  joint: 0,
  turn: 1,
  asks: 2,
  base: 3,
  parent: 4,
  from: 5,
  towards: 6,
  again: 7,
  size: 8,
} as const;
/**
 * Where the numbers of a step lie; turns have four, `offset` (from the base) and `axis` three. `share` is that of a twist;
 * that of a blend is in `near` and `far`, see `writeBlend`.
 */
export const NUMBERS = {
  ...{ before: 0, other: 4, after: 8, offset: 12, axis: 12, share: 15 },
  ...{ near: 16, far: 25, size: 34 },
} as const;

/** Terms of the series by which a share of an angle is found: what it lacks is less than 1e-13. */
export const SERIES_TERMS = 8;
/** Numbers that the vectors need for one joint: world turns, world places and local turns of all frames. */
const LANE_NUMBERS = 11 * BLOCK_FRAMES;

/**
 * Some frames of a source's poses, and what is carried from them to a target; all places in metres.
 *
 * | array                             | shape                     | meaning                                        |
 * | --------------------------------- | ------------------------- | ---------------------------------------------- |
 * | `parents`                         | [source joints]           | −1 for none; parents come first                |
 * | `sought`                          | [source joints]           | see `SOUGHT`; all of every joint at the start  |
 * | `sourceLocalTurns`, `sourceLocalPlaces` | [frames, source joints, 4 or 3] | to the parent                      |
 * | `sourceTurns`, `sourcePlaces`     | [frames, source joints, 4 or 3] | world                                    |
 * | `steps`, `numbers`                | [2 · target joints, 8 or 34] | what is done, see `WORDS`, `NUMBERS`        |
 * | `givenTurns`, `givenPlaces`       | [frames, target joints, 4 or 3] | world, where a step asks for them        |
 * | `turns`, `places`                 | [frames, target joints, 4 or 3] | world, as far as a step asks for them    |
 * | `localTurns`, `localPlaces`       | [frames, target joints, 4 or 3] | to the parent; as they were where no step writes |
 * | `last`                            | [target joints, 4]        | local turns of the frame before; zeros at the start |
 * | `series`                          | [terms, 2]                | n² and 1 / (n (2n + 1)), the last term first   |
 * | `lanes`                           | [joints, 176]             | nothing that lasts                             |
 */
export interface PoseBlock extends PoseSize {
  readonly parents: Int32Array;
  readonly sought: Int32Array;
  readonly steps: Int32Array;
  readonly numbers: Float64Array;
  readonly sourceLocalTurns: Float64Array;
  readonly sourceLocalPlaces: Float64Array;
  readonly sourceTurns: Float64Array;
  readonly sourcePlaces: Float64Array;
  readonly givenTurns: Float64Array;
  readonly givenPlaces: Float64Array;
  readonly turns: Float64Array;
  readonly places: Float64Array;
  readonly localTurns: Float64Array;
  readonly localPlaces: Float64Array;
  readonly last: Float64Array;
  readonly series: Float64Array;
  readonly lanes: Float64Array;
}

/** Joints of both figures. */
export interface PoseSize {
  readonly sourceCount: number;
  readonly targetCount: number;
}

/** A joint takes two steps at most: on its way to others, and once more for itself. */
const stepsOf = (targetCount: number): number => 2 * targetCount;

/** Numbers of eight bytes in each array, in the order in which they lie. */
function lengthsOf({ sourceCount, targetCount }: PoseSize) {
  return {
    sourceLocalTurns: BLOCK_FRAMES * sourceCount * 4,
    sourceLocalPlaces: BLOCK_FRAMES * sourceCount * 3,
    sourceTurns: BLOCK_FRAMES * sourceCount * 4,
    sourcePlaces: BLOCK_FRAMES * sourceCount * 3,
    givenTurns: BLOCK_FRAMES * targetCount * 4,
    givenPlaces: BLOCK_FRAMES * targetCount * 3,
    turns: BLOCK_FRAMES * targetCount * 4,
    places: BLOCK_FRAMES * targetCount * 3,
    localTurns: BLOCK_FRAMES * targetCount * 4,
    localPlaces: BLOCK_FRAMES * targetCount * 3,
    numbers: NUMBERS.size * stepsOf(targetCount),
    last: 4 * targetCount,
    series: 2 * SERIES_TERMS,
    lanes: LANE_NUMBERS * (Math.max(sourceCount, targetCount) + 2),
  };
}

/** Arrays begin at multiples of a cache line. */
const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/**
 * Writes how a blend takes `share` of the way: what either end weighs, but for a factor that both share, as polynomials in
 * cos(θ / 4) − 1, where θ is half of the angle between both; the coefficient of the highest power comes first.
 *
 * sin(m φ) / sin φ is m times a series in cos φ − 1 whose terms grow by (m² − n²) / (n (2n + 1)); here φ = θ / 4 and m = 4 · share.
 */
export function writeBlend(numbers: Float64Array, step: number, share: number): void {
  const at = NUMBERS.size * step;
  for (const [to, part] of [
    [at + NUMBERS.near, 1 - share],
    [at + NUMBERS.far, share],
  ] as const) {
    let coefficient = part;
    numbers[to + SERIES_TERMS] = coefficient;
    for (let n = 1; n <= SERIES_TERMS; n++) {
      coefficient *= (16 * part * part - n * n) / (n * (2 * n + 1));
      numbers[to + SERIES_TERMS - n] = coefficient;
    }
  }
}

/** Bytes that a block takes. */
export function poseBlockBytes(size: PoseSize): number {
  const numbers = Object.values(lengthsOf(size)).reduce((sum, length) => sum + aligned(8 * length), 0);
  return numbers + 2 * aligned(4 * size.sourceCount) + aligned(4 * WORDS.size * stepsOf(size.targetCount));
}

/** Lays a block out in a buffer of at least `poseBlockBytes`, all zeros but for the series and what is sought. */
export function layOutPoseBlock(buffer: ArrayBuffer, size: PoseSize): PoseBlock {
  const lengths = lengthsOf(size);
  let end = 0;
  const take = (bytes: number): number => {
    const at = end;
    end += aligned(bytes);
    return at;
  };
  const numbers = (name: keyof typeof lengths): Float64Array =>
    new Float64Array(buffer, take(8 * lengths[name]), lengths[name]);
  const words = (length: number): Int32Array => new Int32Array(buffer, take(4 * length), length);
  const block = {
    sourceCount: size.sourceCount,
    targetCount: size.targetCount,
    parents: words(size.sourceCount),
    sought: words(size.sourceCount),
    steps: words(WORDS.size * stepsOf(size.targetCount)),
    sourceLocalTurns: numbers('sourceLocalTurns'),
    sourceLocalPlaces: numbers('sourceLocalPlaces'),
    sourceTurns: numbers('sourceTurns'),
    sourcePlaces: numbers('sourcePlaces'),
    givenTurns: numbers('givenTurns'),
    givenPlaces: numbers('givenPlaces'),
    turns: numbers('turns'),
    places: numbers('places'),
    localTurns: numbers('localTurns'),
    localPlaces: numbers('localPlaces'),
    numbers: numbers('numbers'),
    last: numbers('last'),
    series: numbers('series'),
    lanes: numbers('lanes'),
  };
  block.sought.fill(SOUGHT.turn | SOUGHT.place);
  for (let i = 0; i < SERIES_TERMS; i++) {
    const n = SERIES_TERMS - i;
    block.series[2 * i] = n * n;
    block.series[2 * i + 1] = 1 / (n * (2 * n + 1));
  }
  return block;
}
