import type { MotionDatabase } from '../database/database.js';
import { makeSearch, type Search } from '../search/search.js';
import { makeController, type PlayedTick } from './controller.js';
import { withoutClipEnds } from './jump-targets.js';
import type { PoseBank } from './pose-bank.js';
import type { QueryWriter } from './query.js';
import { makePlayScorer, type PlayScores } from './scores/play-scores.js';
import type { SourceMotion } from './scores/source-motion.js';
import type { PlaySettings } from './settings.js';
import { type GaitSpeeds, makeSticks, type StickScript, type Wish } from './stick-script.js';

export interface SimulateRequest {
  readonly sticks: StickScript;
  readonly speeds: GaitSpeeds;
  readonly seconds: number;
  readonly settings: PlaySettings;
  /** What the clips do themselves, at the same ticks; see `measureSource`. */
  readonly source: SourceMotion;
  /** Sees every tick; its memory is used again for the next. */
  readonly onTick?: (tick: PlayedTick, index: number) => void;
  /** Searches in the database that is given, whose masks are those of play; `makeSearch` by default. */
  readonly searchIn?: (database: MotionDatabase) => Search;
  /** What asks; `makeQueryWriter` of the database by default, which databases of latents cannot do with. */
  readonly queries?: QueryWriter;
}

export interface Simulated {
  readonly scores: PlayScores;
  /** [frames]: jumps that landed on each frame of the database, and ticks for which it played. */
  readonly chosenRows: Uint32Array;
  readonly playedRows: Uint32Array;
}

/**
 * Plays a database by sticks, without a screen, and scores what is played; equal requests give equal play.
 *
 * @throws GaitwayError `simulate/latent-database`, `simulate/nothing-to-play`.
 */
export function simulate(database: MotionDatabase, bank: PoseBank, request: SimulateRequest): Simulated {
  const { settings, seconds, sticks, speeds, source, onTick, searchIn = makeSearch, queries } = request;
  const dt = 1 / settings.tickHz;
  const playable = withoutClipEnds(database, settings.ignoreEnd);
  const controller = makeController(playable, bank, searchIn(playable), settings, queries);
  const scorer = makePlayScorer(database, bank, source, dt);
  const wishAt = makeSticks(sticks, speeds);
  const wish: Wish = { velocityX: 0, velocityZ: 0, yaw: 0 };
  const ticks = Math.max(1, Math.round(seconds * settings.tickHz));
  for (let index = 0; index < ticks; index++) {
    wishAt(index * dt, wish);
    const tick = controller.tick(wish);
    scorer.add(tick);
    onTick?.(tick, index);
  }
  const { chosenRows, playedRows } = scorer;
  return { scores: scorer.scores(), chosenRows, playedRows };
}
