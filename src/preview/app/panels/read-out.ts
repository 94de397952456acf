import { rateHz } from '../../../clip/index.js';
import { byId } from '../element.js';
import type { Player } from '../player.js';

/** Frame, time and rate in figures that do not jump about. */
export function makeReadOut(): (player: Player) => void {
  const frame = byId('read-frame', HTMLElement);
  const time = byId('read-time', HTMLElement);
  const rate = byId('read-rate', HTMLElement);
  return (player) => {
    const last = player.frameCount - 1;
    frame.textContent = `${String(player.frame).padStart(String(last).length, '0')} / ${last}`;
    time.textContent = `${player.time.toFixed(3)} / ${player.duration.toFixed(3)} s`;
    rate.textContent = `${Number(rateHz(player.rate).toFixed(3))} fps × ${player.speed}`;
  };
}
