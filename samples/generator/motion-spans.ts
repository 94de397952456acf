import { runPart } from './gait.js';
import { LEAD_SECONDS } from './path.js';
import type { Plan } from './pose.js';
import type { Script } from './script.js';
import { GRID_HZ } from './series.js';
import { STANDING_SPEED } from './steps.js';

/** First and last frames of stretches, both included, by what the figure does in them. */
export type MotionSpans = Readonly<Record<MotionName, readonly (readonly [first: number, last: number])[]>>;

const MOTIONS = ['idle', 'walk', 'run', 'turn-left', 'turn-right', 'jump'] as const;
type MotionName = (typeof MOTIONS)[number];

/** Slower turns count as going straight, radians per second. */
const STRAIGHT_TURN = 0.35;

/** What a plan does in each frame of its clip: as it was meant, not as it looks. */
export function motionSpans({ figure, path, feet }: Plan, script: Script, frameCount: number): MotionSpans {
  const at = (frame: number): number => Math.round((LEAD_SECONDS + frame / script.rateHz) * GRID_HZ);
  const holds = (frame: number): readonly MotionName[] => {
    const i = at(frame);
    const speed = Math.hypot(path.forward[i], path.left[i]);
    const turn = path.turn[i];
    const flies = script.jump !== undefined && feet.L.contact[i] === 0 && feet.R.contact[i] === 0;
    return [
      speed <= STANDING_SPEED ? 'idle' : runPart(speed, figure.legLength) > 0.5 ? 'run' : 'walk',
      ...(Math.abs(turn) <= STRAIGHT_TURN ? [] : ([turn > 0 ? 'turn-left' : 'turn-right'] as const)),
      ...(flies ? (['jump'] as const) : []),
    ];
  };
  const frames = Array.from({ length: frameCount }, (_, f) => holds(f));
  const spansOf = (name: MotionName): [number, number][] => {
    const spans: [number, number][] = [];
    frames.forEach((names, f) => {
      if (!names.includes(name)) return;
      const open = spans.at(-1);
      if (open && open[1] === f - 1) open[1] = f;
      else spans.push([f, f]);
    });
    return spans;
  };
  return Object.fromEntries(MOTIONS.map((name) => [name, spansOf(name)])) as unknown as MotionSpans;
}
