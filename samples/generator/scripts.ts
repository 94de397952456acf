import type { PaceKey, Script } from './script.js';
import type { StyleName } from './style.js';

const steady = (forward: number, left = 0, turnDeg = 0): PaceKey[] => [{ at: 0, forward, left, turnDeg }];

/** Standing, a turn on the spot by so many degrees to the left that begins after a second, standing again. */
function turnOnTheSpot(degrees: number): PaceKey[] {
  const rate = 84 * Math.sign(degrees);
  const plateau = Math.abs(degrees) / 84 - 0.35;
  return [
    { at: 0.7, forward: 0, turnDeg: 0 },
    { at: 1.05, forward: 0, turnDeg: rate },
    { at: 1.05 + plateau, forward: 0, turnDeg: rate },
    { at: 1.4 + plateau, forward: 0, turnDeg: 0 },
  ];
}

/** From standing to a pace, held to the end. */
const start = (forward: number, seconds: number): PaceKey[] => [
  { at: 1, forward: 0 },
  { at: 1 + seconds, forward },
];

/** From a pace to standing. */
const stop = (forward: number, seconds: number): PaceKey[] => [
  { at: 1.2, forward },
  { at: 1.2 + seconds, forward: 0 },
];

/** A longer stroll that starts, turns both ways, changes its pace and stops. */
const wander = (fast: number, side: 1 | -1): PaceKey[] => [
  { at: 1, forward: 0 },
  { at: 2, forward: 1.25 },
  { at: 4, forward: 1.3 },
  { at: 4.6, forward: 1.25, turnDeg: 55 * side },
  { at: 6.2, forward: 1.2, turnDeg: 55 * side },
  { at: 7, forward: 1.4 },
  { at: 8.2, forward: fast },
  { at: 10.2, forward: fast },
  { at: 10.9, forward: fast * 0.9, turnDeg: -60 * side },
  { at: 12, forward: fast * 0.85, turnDeg: -60 * side },
  { at: 13, forward: 1.2 },
  { at: 14.5, forward: 0.8, turnDeg: -20 * side },
  { at: 16, forward: 0.8 },
  { at: 16.8, forward: 0 },
];

type Line = readonly [
  name: string,
  content: string,
  style: StyleName,
  split: 'train' | 'test',
  seconds: number,
  pace: readonly PaceKey[],
  more?: Partial<Script>,
];

const LINES: readonly Line[] = [
  ['idle_neutral', 'idle', 'neutral', 'train', 10, steady(0)],
  ['idle_weary', 'idle', 'weary', 'test', 8, steady(0)],
  ['walk_slow', 'walk', 'neutral', 'train', 7, steady(0.8)],
  ['walk_neutral', 'walk', 'neutral', 'train', 8, steady(1.3)],
  ['walk_fast', 'walk', 'brisk', 'train', 6, steady(1.7), { rateHz: 60 }],
  ['walk_weary', 'walk', 'weary', 'train', 7, steady(0.95)],
  ['walk_neutral_02', 'walk', 'neutral', 'test', 6, steady(1.2)],
  ['walk_brisk', 'walk', 'brisk', 'test', 6, steady(1.5)],
  ['jog', 'jog', 'neutral', 'train', 6, steady(2.5)],
  ['run', 'run', 'neutral', 'train', 5, steady(3.4), { rateHz: 60 }],
  ['run_brisk', 'run', 'brisk', 'test', 5, steady(3)],
  ['walk_turn_left', 'walk-turn-left', 'neutral', 'train', 7, steady(1.2, 0, 40)],
  ['walk_turn_right', 'walk-turn-right', 'neutral', 'train', 7, steady(1.2, 0, -40)],
  ['walk_turn_left_wide', 'walk-turn-left', 'weary', 'test', 6, steady(1, 0, 25)],
  ['run_turn_left', 'run-turn-left', 'neutral', 'train', 5, steady(2.8, 0, 45)],
  ['run_turn_right', 'run-turn-right', 'neutral', 'train', 5, steady(2.8, 0, -45)],
  ['turn_left_90', 'turn-left', 'neutral', 'train', 3.5, turnOnTheSpot(90)],
  ['turn_right_90', 'turn-right', 'neutral', 'train', 3.5, turnOnTheSpot(-90)],
  ['turn_left_180', 'turn-left', 'neutral', 'train', 5, turnOnTheSpot(180)],
  ['turn_right_180', 'turn-right', 'brisk', 'test', 5, turnOnTheSpot(-180)],
  ['walk_start', 'walk-start', 'neutral', 'train', 4, start(1.3, 0.7)],
  ['walk_stop', 'walk-stop', 'neutral', 'train', 4, stop(1.3, 0.9)],
  ['run_start', 'run-start', 'neutral', 'train', 4, start(3.2, 1.3)],
  ['run_stop', 'run-stop', 'neutral', 'train', 4.5, stop(3.2, 1.5)],
  ['strafe_left', 'strafe-left', 'neutral', 'train', 5, steady(0, 0.5)],
  ['strafe_right', 'strafe-right', 'neutral', 'train', 5, steady(0, -0.5)],
  ['walk_back', 'walk-back', 'neutral', 'train', 6, steady(-0.8)],
  ['jump', 'jump', 'neutral', 'train', 4, steady(0), { jump: { at: 1.8, apex: 0.3 }, rateHz: 60 }],
  ['wander_neutral', 'wander', 'neutral', 'train', 18, wander(2.7, 1)],
  ['wander_brisk', 'wander', 'brisk', 'train', 18, wander(1.8, -1)],
  ['wander_neutral_02', 'wander', 'neutral', 'test', 18, wander(2.4, -1)],
];

/** What each figure plays: standing, walking and running at several paces, turning, starting, stopping, jumping. */
export const SCRIPTS: readonly Script[] = LINES.map(([name, content, style, split, seconds, pace, more]) => ({
  name,
  content,
  style,
  split,
  seconds,
  rateHz: 30,
  pace,
  ...more,
}));
