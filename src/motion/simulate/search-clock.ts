import { size2 } from '../../math/size.js';
import { wrapAngle } from '../../math/springs.js';
import type { PlaySettings } from './settings.js';
import type { Wish } from './stick-script.js';

/**
 * Says when to search: at a steady rate, and at once when a sudden change of the wish is over, but for that at most
 * as often as the rate says.
 *
 * @see D. Holden et al., "Learned Motion Matching" (2020), code.
 */
export function makeSearchClock(
  { searchSeconds, suddenChange }: Pick<PlaySettings, 'searchSeconds' | 'suddenChange'>,
  dt: number,
): { isDue(wish: Wish): boolean; searched(): void } {
  const last: Wish = { velocityX: 0, velocityZ: 0, yaw: 0 };
  let wasSudden = false;
  let untilSearch = 0;
  let untilForced = 0;
  return {
    isDue(wish) {
      const change = size2(wish.velocityX - last.velocityX, wish.velocityZ - last.velocityZ);
      const isSudden = Math.max(change, Math.abs(wrapAngle(wish.yaw - last.yaw))) / dt >= suddenChange;
      const isForced = wasSudden && !isSudden && untilForced <= 0;
      if (isForced) untilForced = searchSeconds;
      Object.assign(last, wish);
      wasSudden = isSudden;
      untilForced -= dt;
      untilSearch -= dt;
      return isForced || untilSearch <= 1e-9;
    },
    searched() {
      untilSearch = searchSeconds;
    },
  };
}
