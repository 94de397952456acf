import {
  gaitSpeeds,
  type KnownSpeeds,
  type MotionDatabase,
  makeSearch,
  measureSource,
  type PlayedTick,
  type PlaySettings,
  type PoseBank,
  type Simulated,
  simulate,
} from '../motion/index.js';
import { openDatabase } from './database-file.js';
import { encoderOfDatabase } from './encoder-of-database.js';
import { latentQueries } from './latent-queries.js';
import { openPlayedClips } from './played-clips.js';
import { makeSearchWatch, type SearchTiming } from './search-timing.js';
import { sticksOf } from './stick-script-file.js';

export interface PlaySessionRequest {
  readonly database: string;
  /** `random`, the name of a standard path, or a JSON file of sticks. */
  readonly path: string;
  readonly gait: 'walk' | 'run';
  /** Metres per second; found in the database by default. */
  readonly walkSpeed?: number;
  readonly runSpeed?: number;
  readonly seconds: number;
  /** Encoder of a database of latents; by default where it was when the database was built. */
  readonly encoder?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** A database that is ready to be played again and again. */
export interface PlaySession {
  readonly database: MotionDatabase;
  readonly bank: PoseBank;
  readonly speeds: KnownSpeeds;
  play(
    settings: PlaySettings,
    seed: number,
    onTick: (tick: PlayedTick, index: number) => void,
  ): Promise<Simulated>;
  /** Of all searches so far. */
  timing(): SearchTiming;
}

/**
 * Opens a database with the poses of its clips, and what makes its queries.
 *
 * @throws GaitwayError those of `openDatabase`, `openPlayedClips` and `encoderOfDatabase`; `play` those of `sticksOf` and
 *   `simulate`.
 */
export async function openPlaySession(request: PlaySessionRequest, tickHz: number): Promise<PlaySession> {
  const { path, gait, seconds, signal, onProgress, walkSpeed, runSpeed } = request;
  const database = await openDatabase(request.database);
  const { content } = database;
  const encoder =
    content.kind === 'latents'
      ? (await encoderOfDatabase(request.database, content, request.encoder)).encoder
      : undefined;
  const { bank, tracks } = await openPlayedClips(request.database, database, {
    tickHz,
    ...(encoder && { encoder }),
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const found = gaitSpeeds(database);
  const speeds = { ...found, walk: walkSpeed ?? found.walk, run: runSpeed ?? found.run };
  const source = measureSource(database, bank, tickHz);
  const watch = makeSearchWatch();
  return {
    database,
    bank,
    speeds,
    timing: watch.timing,
    async play(settings, seed, onTick) {
      const sticks = await sticksOf({ path, gait, seed, seconds, stands: speeds.stands }, speeds);
      return simulate(database, bank, {
        sticks,
        speeds,
        seconds,
        settings,
        source,
        onTick,
        searchIn: (playable) => watch.watched(makeSearch(playable)),
        ...(encoder && {
          queries: latentQueries(database, encoder, tracks, bank.body, settings.queryPlaces),
        }),
      });
    },
  };
}
