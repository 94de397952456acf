import type { PlayScores } from '../../motion/index.js';

/** One score as people read it. */
interface ScoreLine {
  readonly name: string;
  readonly of: (scores: PlayScores) => string;
}

const told = (value: number, digits: number): string => (Number.isNaN(value) ? '–' : value.toFixed(digits));
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The scores of play in the order in which they are read; what each means stands in docs/play.md. */
export const SCORE_LINES: readonly ScoreLine[] = [
  { name: 'jumps per second', of: ({ jumps }) => told(jumps.perSecond, 2) },
  {
    name: 'jump of the pose, cm (rms)',
    of: ({ jumps }) => `${told(jumps.placeCm, 2)} (${told(jumps.placeRmsCm, 2)})`,
  },
  {
    name: 'jump of velocity, m/s (rms)',
    of: ({ jumps }) => `${told(jumps.velocity, 3)} (${told(jumps.velocityRms, 3)})`,
  },
  { name: 'trajectory error, cm', of: ({ trajectory }) => told(trajectory.meanCm, 2) },
  { name: 'trajectory error, 95 % within, cm', of: ({ trajectory }) => told(trajectory.p95Cm, 2) },
  { name: 'heading error, degrees', of: ({ trajectory }) => told(trajectory.yawDeg, 2) },
  { name: 'foot slide before the lock, cm/s', of: ({ slide }) => told(slide.free.speedCm, 1) },
  { name: 'slide 0.4 s after a jump, cm/s', of: ({ slide }) => told(slide.free.settledCm, 1) },
  { name: 'standing feet above 15 cm/s', of: ({ slide }) => percent(slide.free.fastShare) },
  { name: 'skate before the lock, cm a tick', of: ({ slide }) => told(slide.free.skateCm, 3) },
  { name: 'foot slide after the lock, cm/s', of: ({ slide }) => told(slide.locked.speedCm, 1) },
  { name: 'foot slide of the clips, cm/s', of: ({ slide }) => told(slide.source.speedCm, 1) },
  { name: 'response, s', of: ({ response }) => told(response.seconds, 3) },
  {
    name: 'response beyond the spring’s, s',
    of: ({ response }) => told(response.seconds - response.springSeconds, 3),
  },
  {
    name: 'turns judged, unanswered',
    of: ({ response }) => `${told(response.turns, 0)}, ${told(response.unanswered, 0)}`,
  },
  { name: 'jerk / that of the clips', of: ({ jerk }) => told(jerk.free / jerk.source, 2) },
  { name: 'jerk / that of what was played', of: ({ jerk }) => told(jerk.free / jerk.played, 2) },
  { name: 'jerk with feet locked / that of the clips', of: ({ jerk }) => told(jerk.locked / jerk.source, 2) },
  { name: 'frames played', of: ({ usage }) => percent(usage.coverage) },
  { name: 'evenness over clips', of: ({ usage }) => told(usage.entropy, 2) },
  {
    name: 'stuck in standing, in a loop',
    of: ({ lockIns }) => `${told(lockIns.idle, 1)}, ${told(lockIns.loops, 1)}`,
  },
];
