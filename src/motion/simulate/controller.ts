import {
  forwardKinematics,
  type LocalPose,
  makeLocalPose,
  makeWorldPose,
  type WorldPose,
} from '../../clip/index.js';
import { clipOfRow, type MotionDatabase } from '../database/database.js';
import type { DatabaseFrame } from '../search/options.js';
import type { Search } from '../search/search.js';
import { makeRootAdjuster } from './adjust-root.js';
import { makeClipMotion, makeClipMotionReader } from './clip-motion.js';
import { makeFootLock } from './foot-lock.js';
import { rowSpeeds } from './gait-speeds.js';
import { makeInertialPose } from './inertial-pose.js';
import { makePace } from './pace.js';
import { makePathMemory } from './path-memory.js';
import { placeInWorld } from './place-in-world.js';
import { makePlayedRoot } from './played-root.js';
import { goesOn, nearestFrame, type Playhead, playedRow, playOn } from './playhead.js';
import type { PoseBank } from './pose-bank.js';
import { makeQueryWriter, type QueryWriter } from './query.js';
import type { GroundPose } from './root-path.js';
import { makeSearchClock } from './search-clock.js';
import type { PlaySettings } from './settings.js';
import { makeSpringBody, type PathState } from './spring-body.js';
import type { Wish } from './stick-script.js';

/** One tick as it was played; the same memory is used for every tick. */
export interface PlayedTick {
  /** What plays. */
  readonly head: Readonly<Playhead>;
  /** What would have played on, where this tick began with a jump. */
  readonly jumpedFrom: Readonly<Playhead> | undefined;
  /** What was jumped to. */
  readonly jumpedTo: DatabaseFrame | undefined;
  readonly wish: Readonly<Wish>;
  /** What the game moves. */
  readonly point: Readonly<PathState>;
  /** The character's root. */
  readonly root: Readonly<GroundPose>;
  /** [2]: the left, right foot stands in what plays. */
  readonly contacts: Uint8Array;
  /** The pose on the play body, feet locked; joints without a parent stand in the world. */
  readonly pose: LocalPose;
  /** World places and turns before feet were locked, and at last. */
  readonly free: WorldPose;
  readonly world: WorldPose;
}

/** Plays a database: sticks move a point by springs, searches find what goes there, and a figure comes along. */
export interface Controller {
  /** Plays one tick towards a wish. */
  tick(wish: Wish): PlayedTick;
}

/**
 * Prepares playing a database. `search` must answer from the same rows.
 *
 * The figure begins at the world's origin, facing +Z, in the slowest usable frame.
 *
 * @param queries What asks; `makeQueryWriter` of the database by default.
 * @throws GaitwayError those of `makeQueryWriter`.
 * @see D. Holden et al., "Learned Motion Matching" (2020) and its published code, for the order of a tick.
 */
export function makeController(
  database: MotionDatabase,
  bank: PoseBank,
  search: Search,
  settings: PlaySettings,
  queries: QueryWriter = makeQueryWriter(database, bank.body, settings.queryPlaces),
): Controller {
  const dt = 1 / settings.tickHz;
  const framesPerTick = database.rateHz * dt;
  const count = bank.body.kept.length;
  const memory = makePathMemory(queries.past, dt);
  const clock = makeSearchClock(settings, dt);
  const point = makeSpringBody(settings.springHalflife, dt);
  const root = makePlayedRoot(settings.blendHalflife, dt);
  const inertia = makeInertialPose(count, settings.blendHalflife, dt);
  const pace = settings.pace && makePace(settings.pace, dt);
  const adjust = settings.adjust && makeRootAdjuster(settings.adjust, dt);
  const lock = settings.lock && makeFootLock(database, bank, settings.lock, dt);
  const readMotion = makeClipMotionReader(database, bank, dt);

  const head: Playhead = slowestFrame(database);
  const query = new Float32Array(database.dimension);
  const step: GroundPose = { x: 0, z: 0, yaw: 0 };
  const contacts = new Uint8Array(2);
  const pose = makeLocalPose(count);
  const free = makeWorldPose(count);
  const world = makeWorldPose(count);
  const [from, to] = [makeClipMotion(count), makeClipMotion(count)];

  /** The path as it is wished: the past as played, the future as the springs go. */
  const pathTo = (wish: Wish) => (seconds: number, out: PathState) => {
    if (seconds < 0) memory.before(-seconds, out);
    else point.predict(wish, seconds, out);
  };

  /** Asks the database; gives where to jump to, or nothing where playing goes on. */
  const ask = (wish: Wish, plays: boolean): DatabaseFrame | undefined => {
    const now = nearestFrame(database, head);
    queries.write(playedRow(database, head), root.now, pathTo(wish), free.positions, query);
    const [best] = search.find(query, {
      ...(plays && { continuing: now }),
      transitionCost: settings.transitionCost,
      exclude: now,
      excludeSeconds: settings.ignoreAround,
    });
    return best && !best.isContinuing ? { clip: best.clip, frame: best.frame } : undefined;
  };

  const jump = (target: DatabaseFrame): void => {
    readMotion(head, from);
    Object.assign(head, target);
    readMotion(head, to);
    inertia.jump(from.pose, to.pose);
    root.jump(from.root, to.root);
  };

  const playOneTick = (): void => {
    bank.root.step(head.clip, head.frame, head.frame + framesPerTick, step);
    let frames = framesPerTick;
    if (pace) {
      frames *= pace(root.now, step, point.state);
      bank.root.step(head.clip, head.frame, head.frame + frames, step);
    }
    playOn(database, head, frames);
    root.tick(step);
  };

  /** Puts the figure where the root is, in what plays with what is being blended away, feet not locked yet. */
  const showFigure = (): void => {
    bank.sample(head.clip, head.frame / database.rateHz, pose);
    inertia.apply(pose);
    placeInWorld(root.now, bank.body, pose);
    forwardKinematics(bank.body, pose.rotations, pose.translations, free);
  };

  showFigure();
  return {
    tick(wish) {
      const plays = goesOn(database, head, framesPerTick);
      const isDue = clock.isDue(wish);
      let jumpedFrom: Playhead | undefined;
      let jumpedTo: DatabaseFrame | undefined;
      if (isDue || !plays) {
        clock.searched();
        jumpedTo = ask(wish, plays);
        if (jumpedTo) {
          jumpedFrom = { ...head };
          jump(jumpedTo);
        }
      }
      playOneTick();
      point.step(wish);
      if (adjust) root.correct((now) => adjust(now, point.state, root.speed));
      memory.add(root.now);
      inertia.tick();
      showFigure();

      const row = playedRow(database, head);
      contacts[0] = database.contacts[2 * row];
      contacts[1] = database.contacts[2 * row + 1];
      world.positions.set(free.positions);
      world.rotations.set(free.rotations);
      if (lock) lock.apply(contacts, pose, world);
      return {
        head,
        jumpedFrom,
        jumpedTo,
        wish,
        point: point.state,
        root: root.now,
        contacts,
        pose,
        free,
        world,
      };
    },
  };
}

/** The slowest usable frame, the first of equals: what comes nearest to standing. */
function slowestFrame(database: MotionDatabase): Playhead {
  const speeds = rowSpeeds(database);
  let slowest = -1;
  for (let row = 0; row < speeds.length; row++) {
    if (database.valid[row] === 1 && !(speeds[row] >= speeds[slowest])) slowest = row;
  }
  const clip = clipOfRow(database, slowest);
  return { clip, frame: slowest - database.clips[clip].start };
}
