import type { IdleLockIn } from './idle.js';
import type { ThinSpot } from './thin-spots.js';

/** A take that the database lacks. */
export interface TakeToRecord {
  /** Such as `run, turning left 60–90 °/s, 3–4.5 m/s`. */
  readonly what: string;
  /** Seconds that are wanted on top of those that are there. */
  readonly wanted: number;
  readonly seconds: number;
  /** `record: … , about 3 s` */
  readonly say: string;
}

/** Standing, and a start, are worth takes of these seconds. */
const IDLE_SECONDS = 5;
const START_SECONDS = 3;
/** A start is lacking where more of its wishes than this stay unanswered. */
const STUCK = 0.5;

/** What to record next, most wanted first: standing and starts where play would stick, then thin spots. */
export function recordNext(thinSpots: readonly ThinSpot[], idle: IdleLockIn | undefined): TakeToRecord[] {
  const take = (what: string, wanted: number, seconds: number): TakeToRecord => ({
    what,
    wanted,
    seconds,
    say: `record: ${what}, about ${Math.max(1, Math.round(wanted))} s`,
  });
  // A thin spot on the spot, straight on, is standing already.
  const isAsked = thinSpots.some(
    ({ gait, turnDeg: [from, to] }) => gait === 'idle' && (from ?? -1) < 0 && (to ?? 1) > 0,
  );
  const stands =
    idle && idle.idleSeconds < IDLE_SECONDS && !isAsked
      ? [take('idle, standing at ease', IDLE_SECONDS - idle.idleSeconds, idle.idleSeconds)]
      : [];
  const starts =
    idle && idle.asked > 0
      ? idle.wishes
          .filter(({ lockedShare }) => lockedShare > STUCK)
          .map(({ name }) => take(`a start from standing, ${name}`, START_SECONDS, 0))
      : [];
  const spots = thinSpots.map(({ what, wanted, seconds }) => take(what, wanted, seconds));
  return [...stands, ...starts, ...spots].sort((a, b) => b.wanted - a.wanted);
}
