import { size2 } from '../../../math/size.js';
import type { PlayedTick } from '../controller.js';

/** How long the figure takes to follow a stick that is thrown round by 90° or more. */
export interface ResponseScore {
  /** Turns of the stick that were kept up long enough to be judged. */
  readonly turns: number;
  /** Mean seconds until the root goes within 30° of the wish, at 70 % of its speed or more. */
  readonly seconds: number;
  /** What the game's own point takes of them. */
  readonly springSeconds: number;
  /** Turns that the figure had not answered when the judging ended; they count as its whole length. */
  readonly unanswered: number;
}

const TURN_COSINE = Math.cos(Math.PI / 2) + 1e-9;
const NEAR_COSINE = Math.cos(Math.PI / 6);
const SPEED_SHARE = 0.7;
/** A turn is judged where the stick stays for this long. */
const JUDGED_SECONDS = 1.5;
const MOVING = 0.05;

/** Judges the turns of the stick. @param dt Seconds of a tick. */
export function makeResponseScorer(dt: number): { add(tick: PlayedTick): void; score(): ResponseScore } {
  let [turns, figureSum, pointSum, unanswered] = [0, 0, 0, 0];
  let [wishX, wishZ, rootX, rootZ] = [0, 0, 0, 0];
  // Ticks since the turn; −1 while none is judged.
  let since = -1;
  let figure: number | undefined;
  let point: number | undefined;
  const finish = (): void => {
    turns++;
    figureSum += figure ?? JUDGED_SECONDS;
    pointSum += point ?? JUDGED_SECONDS;
    if (figure === undefined) unanswered++;
    since = -1;
  };
  return {
    add({ wish, root, point: goal }) {
      const { velocityX, velocityZ } = wish;
      const changed = size2(velocityX - wishX, velocityZ - wishZ) > 1e-9;
      if (changed) since = isTurn(wishX, wishZ, velocityX, velocityZ) ? 0 : -1;
      if (since === 0) {
        figure = undefined;
        point = undefined;
      }
      if (since >= 0) {
        since++;
        const seconds = since * dt;
        if (answers((root.x - rootX) / dt, (root.z - rootZ) / dt, velocityX, velocityZ)) figure ??= seconds;
        if (answers(goal.velocityX, goal.velocityZ, velocityX, velocityZ)) point ??= seconds;
        if (seconds >= JUDGED_SECONDS - 1e-9) finish();
      }
      wishX = velocityX;
      wishZ = velocityZ;
      rootX = root.x;
      rootZ = root.z;
    },
    score: () => ({
      turns,
      seconds: turns > 0 ? figureSum / turns : 0,
      springSeconds: turns > 0 ? pointSum / turns : 0,
      unanswered,
    }),
  };
}

function isTurn(ax: number, az: number, bx: number, bz: number): boolean {
  const sizes = size2(ax, az) * size2(bx, bz);
  return sizes > MOVING * MOVING && ax * bx + az * bz <= TURN_COSINE * sizes;
}

function answers(x: number, z: number, wishX: number, wishZ: number): boolean {
  const speed = size2(x, z);
  const wished = size2(wishX, wishZ);
  return speed >= SPEED_SHARE * wished && x * wishX + z * wishZ >= NEAR_COSINE * speed * wished;
}
