import { GaitwayError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import type { MotionDatabase } from '../database/database.js';
import { makeSearch } from '../search/search.js';
import { type LikelyChoices, likelyChoices, type PlayedChoices, playedChoices } from './chosen.js';
import { type ClipStrip, clipStrips } from './clip-strips.js';
import { type Connectivity, judgeConnectivity } from './connectivity.js';
import { overGaits } from './coverage.js';
import { type DatabaseDescription, describeDatabase } from './describe-database.js';
import { type Duplicates, findDuplicates } from './duplicates.js';
import { frameMotion, GAITS, type Gait, gaitAtSpeed } from './frame-motion.js';
import { type IdleLockIn, judgeIdle } from './idle.js';
import { legOfDatabase } from './leg-of-database.js';
import { makeLikelyQueries, meanCostOfPairs } from './likely-queries.js';
import { neighboursOf } from './neighbours.js';
import { poseGapOf } from './pose-gap.js';
import { drawProbes, evenly, usableRows } from './probes.js';
import { recordNext, type TakeToRecord } from './record-next.js';
import { mapRows } from './row-map.js';
import { type ThinSpot, thinSpots } from './thin-spots.js';
import { judgeTransitions, type Transitions } from './transitions.js';
import { forecastUnreal, type UnrealForecast } from './unreal-recall.js';

export interface AnalyseOptions {
  /** Frames that are looked at closely, at most (and the last usable one of every clip); 10,000 by default. */
  readonly probes?: number;
  readonly seed?: number;
  /** A jump of the pose that is seen, cm; 8 by default. */
  readonly popCm?: number;
  /** How often each frame was chosen in play, [frames]. */
  readonly chosen?: Uint32Array;
  /** Told before each part. */
  readonly progress?: (done: number, total: number, what: string) => void;
}

/** A point of the map of rows. */
export interface MappedRow {
  readonly x: number;
  readonly y: number;
  readonly gait: Gait;
}

export interface DatabaseAnalysis extends DatabaseDescription {
  /** How the frames were drawn that the figures below come from. */
  readonly sample: { readonly probes: number; readonly usableFrames: number; readonly seed: number };
  /** Share of the frames that no search answers with, and of those that may only be played on to. */
  readonly dead: { readonly share: number; readonly blockedShare: number };
  readonly likelyChoices: Omit<LikelyChoices, 'rows'>;
  /** Of choices in play, where such were given. */
  readonly playedChoices?: PlayedChoices;
  readonly duplicates: Omit<Duplicates, 'rows'>;
  readonly thinSpots: readonly ThinSpot[];
  /** Most wanted first. */
  readonly recordNext: readonly TakeToRecord[];
  /** Nothing where the rows hold no path to wish with. */
  readonly idle?: IdleLockIn;
  readonly transitions: Transitions;
  readonly connectivity: Connectivity;
  readonly unreal: UnrealForecast;
  /** Clips that bring least, in stretches. */
  readonly strips: readonly ClipStrip[];
  readonly map: { readonly shownShare: number; readonly points: readonly MappedRow[] };
  /** Mean squared distance between two usable frames taken at random. */
  readonly randomCost: number;
}

const PROBES = 10_000;
const POP_CM = 8;
/** A frame repeats another where they are this much nearer than two frames taken at random. */
const DUPLICATE_SHARE = 0.001;
const RANDOM_PAIRS = 4000;
/** Queries that Unreal's search is judged on, for every number of components. */
const UNREAL_QUERIES = 1000;
const MAPPED = 2500;
const MOST_LISTED = 30;

const PARTS = ['neighbours', 'duplicates', 'choices', 'starts', 'connectivity', 'Unreal’s search', 'map'];

/**
 * Judges a motion database: what it covers and lacks, which frames are dead, repeated or never chosen, where
 * play pops, sticks or cannot get to, and what Unreal's search would miss.
 *
 * A large database is judged on a seeded sample of its frames; the same database and options give the same
 * figures.
 *
 * @throws GaitwayError `analyse/no-usable-frames` where no frame may be answered with, `analyse/bad-choices`
 *   where the choices do not fit the database.
 */
export function analyseDatabase(database: MotionDatabase, options: AnalyseOptions = {}): DatabaseAnalysis {
  const { seed = 1, popCm = POP_CM, chosen, progress } = options;
  const { frameCount, valid } = database;
  if (chosen && chosen.length !== frameCount) {
    throw new GaitwayError(
      'analyse/bad-choices',
      `The database has ${frameCount} frames, and choices of ${chosen.length} were given; play this database.`,
      { frames: frameCount, choices: chosen.length },
    );
  }
  const usable = usableRows(valid);
  if (usable.length === 0) {
    throw new GaitwayError(
      'analyse/no-usable-frames',
      `None of the ${frameCount} frames may be answered with, so there is nothing to judge; build the database of longer clips.`,
      { frames: frameCount },
    );
  }
  const begin = (part: number): void => progress?.(part, PARTS.length, PARTS[part]);
  const motion = frameMotion(database);
  const search = makeSearch(database);
  const probes = drawProbes(database, options.probes ?? PROBES, seed);
  const randomCost = meanCostOfPairs(database, usable, seededRandom(seed), RANDOM_PAIRS);

  begin(0);
  const neighbours = neighboursOf(database, search, probes);
  const gap = poseGapOf(database);
  const transitions = judgeTransitions(database, neighbours, gap, popCm);
  begin(1);
  const duplicates = findDuplicates(database, search, probes, DUPLICATE_SHARE * randomCost, gap);
  begin(2);
  // A query strays about as far from its row as the next moment of another place is away.
  const makeQuery = makeLikelyQueries(database, transitions.costs.median, seed);
  const likely = likelyChoices(database, search, probes, makeQuery);
  begin(3);
  const idle = judgeIdle(database, search, probes, motion);
  begin(4);
  const connectivity = judgeConnectivity(database, neighbours, (from, to, cost) =>
    gap ? gap.cm(from, to) <= popCm : cost <= transitions.costs.p95,
  );
  begin(5);
  const unreal = forecastUnreal(database, search, evenly(probes, UNREAL_QUERIES), makeQuery);
  begin(6);
  const map = mapRows(database, evenly(probes, MAPPED));

  const description = describeDatabase(database, motion);
  const leg = legOfDatabase(database);
  const thin = thinSpots(overGaits(description.coverage), (speed) => gaitAtSpeed(speed, leg));
  let blocked = 0;
  for (const value of valid) if (value === 2) blocked++;
  const { rows: neverChosen, ...likelyShown } = likely;
  const { rows: repeated, ...duplicatesShown } = duplicates;
  return {
    ...description,
    sample: { probes: probes.length, usableFrames: usable.length, seed },
    dead: {
      share: (frameCount - usable.length - blocked) / frameCount,
      blockedShare: blocked / frameCount,
    },
    likelyChoices: { ...likelyShown, neverChosen: likelyShown.neverChosen.slice(0, MOST_LISTED) },
    ...(chosen && { playedChoices: playedChoices(database, chosen) }),
    duplicates: { ...duplicatesShown, pairs: duplicatesShown.pairs.slice(0, MOST_LISTED) },
    thinSpots: thin,
    recordNext: recordNext(thin, idle),
    ...(idle && { idle: { ...idle, locked: idle.locked.slice(0, MOST_LISTED) } }),
    transitions,
    connectivity: {
      ...connectivity,
      unreachable: connectivity.unreachable.slice(0, MOST_LISTED),
      inescapable: connectivity.inescapable.slice(0, MOST_LISTED),
    },
    unreal,
    strips: clipStrips(database, probes, repeated, neverChosen),
    map: {
      shownShare: map.shownShare,
      points: Array.from(map.rows, (row, i) => ({
        x: map.points[2 * i],
        y: map.points[2 * i + 1],
        gait: GAITS[motion.gait[row]],
      })),
    },
    randomCost,
  };
}
