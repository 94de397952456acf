import {
  type KnownSpeeds,
  type MotionDatabase,
  makePlayRecorder,
  meanScores,
  PLAY_SETTINGS,
  type PlayScores,
  type PlaySettings,
  paretoFront,
  writeNpy,
} from '../motion/index.js';
import { type ConvertReport, writeClips } from './convert-file.js';
import { formatOfEnding } from './encode-clips.js';
import { openPlaySession, type PlaySessionRequest } from './play-session.js';
import type { SearchTiming } from './search-timing.js';
import { refuseToOverwrite, writeFileAtomic } from './write-file.js';

export interface SimulateStageRequest extends PlaySessionRequest {
  /** Of random sticks, one run each; other sticks are played once. */
  readonly seeds: readonly [number, ...number[]];
  readonly controller: keyof typeof PLAY_SETTINGS;
  /** What the controller has otherwise. */
  readonly changes: Partial<PlaySettings>;
  /** Every run is played with each of these; the controller's own by default. */
  readonly transitionCosts?: readonly number[];
  /** File for the played motion of the first run. */
  readonly out?: string;
  /** File for how often jumps landed on each frame, all runs together (`.npy`, uint32 [frames]). */
  readonly chosen?: string;
  readonly force?: boolean;
}

/** One stretch of play. */
export interface PlayRun {
  /** Nothing where the sticks are not drawn. */
  readonly seed?: number;
  readonly transitionCost: number;
  readonly scores: PlayScores;
}

/** All runs with one transition cost. */
export interface PlaySummary {
  readonly transitionCost: number;
  readonly scores: PlayScores;
  /** No other transition cost is as good in trajectory error and jump of the pose, or in error and slide. */
  readonly onJumpFront: boolean;
  readonly onSlideFront: boolean;
}

/** The first run seen from above, ten times a second: [x, z] of the figure's root and of the game's point, metres. */
export type PlayedWay = readonly {
  readonly root: readonly [number, number];
  readonly point: readonly [number, number];
}[];

export interface SimulateReport {
  readonly database: string;
  readonly path: string;
  readonly controller: string;
  readonly tickHz: number;
  readonly databaseHz: number;
  readonly speeds: KnownSpeeds;
  readonly summary: readonly PlaySummary[];
  readonly runs: readonly PlayRun[];
  /** Clips that were played longest, with their share of the time. */
  readonly mostPlayed: readonly { readonly clip: string; readonly share: number }[];
  readonly written?: ConvertReport;
}

export interface SimulateResult {
  readonly report: SimulateReport;
  readonly way: PlayedWay;
  /** No part of the report, whose numbers are the same every time. */
  readonly timing: SearchTiming;
}

const WAY_HZ = 10;
const MOST_PLAYED = 10;

/**
 * Plays a database by sticks, scores it, and writes the played motion where it is wanted. Equal requests give equal
 * reports and bytes.
 *
 * @throws GaitwayError those of `openPlaySession`, `formatOfEnding` and `writeFileAtomic`.
 */
export async function simulateStage(request: SimulateStageRequest): Promise<SimulateResult> {
  const { path, controller, out, force = false, signal, onProgress } = request;
  const format = out === undefined ? undefined : formatOfEnding(out);
  for (const file of [out, request.chosen]) if (file !== undefined) await refuseToOverwrite(file, force);
  const settings = { ...PLAY_SETTINGS[controller], ...request.changes };
  const { tickHz } = settings;
  const session = await openPlaySession(request, tickHz);
  const { database, bank } = session;
  const costs = request.transitionCosts ?? [settings.transitionCost];
  const seeds = path === 'random' ? request.seeds : [0];
  const ticks = Math.max(1, Math.round(request.seconds * tickHz));
  const recorder = format && makePlayRecorder(bank.body, ticks, tickHz);

  const runs: PlayRun[] = [];
  const played = new Uint32Array(database.frameCount);
  const chosen = new Uint32Array(database.frameCount);
  const way: PlayedWay[number][] = [];
  for (const transitionCost of costs) {
    for (const seed of seeds) {
      signal?.throwIfAborted();
      onProgress?.(runs.length, costs.length * seeds.length, `run ${runs.length + 1}`);
      const isFirst = runs.length === 0;
      const run = await session.play({ ...settings, transitionCost }, seed, (tick, index) => {
        if (!isFirst) return;
        recorder?.add(tick, index);
        const { root, point } = tick;
        if (index % Math.round(tickHz / WAY_HZ) === 0)
          way.push({ root: [root.x, root.z], point: [point.x, point.z] });
      });
      runs.push({ ...(path === 'random' && { seed }), transitionCost, scores: run.scores });
      for (let row = 0; row < played.length; row++) {
        played[row] += run.playedRows[row];
        chosen[row] += run.chosenRows[row];
      }
    }
  }
  if (request.chosen !== undefined)
    await writeFileAtomic(request.chosen, writeNpy({ shape: [chosen.length], data: chosen }), { force });
  const written =
    recorder && out !== undefined && format
      ? await writeClips([recorder.clip(path)], out, format, { force })
      : undefined;
  return {
    report: {
      database: request.database,
      path,
      controller,
      tickHz,
      databaseHz: database.rateHz,
      speeds: session.speeds,
      summary: summaryOf(costs, runs),
      runs,
      mostPlayed: mostPlayed(database, played),
      ...(written && { written }),
    },
    way,
    timing: session.timing(),
  };
}

function summaryOf(costs: readonly number[], runs: readonly PlayRun[]): PlaySummary[] {
  const means = costs.map((cost) => {
    const [first, ...others] = runs.filter(({ transitionCost }) => transitionCost === cost);
    return meanScores([first.scores, ...others.map(({ scores }) => scores)]);
  });
  const front = (of: (scores: PlayScores) => number): boolean[] =>
    paretoFront(means.map((scores) => [scores.trajectory.meanCm, of(scores)]));
  const jumps = front((scores) => scores.jumps.placeCm);
  const slides = front((scores) => scores.slide.free.speedCm);
  return costs.map((transitionCost, k) => ({
    transitionCost,
    scores: means[k],
    onJumpFront: jumps[k],
    onSlideFront: slides[k],
  }));
}

function mostPlayed({ clips }: MotionDatabase, played: Uint32Array): SimulateReport['mostPlayed'] {
  const total = played.reduce((a, b) => a + b, 0);
  return clips
    .map(({ name, start, frameCount }) => ({
      clip: name,
      share: played.subarray(start, start + frameCount).reduce((a, b) => a + b, 0) / total,
    }))
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_PLAYED)
    .filter(({ share }) => share > 0);
}
