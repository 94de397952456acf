import type { Contacts } from '../anatomy.js';
import { PALETTE } from '../palette.js';

const IN_CONTACT = 0.5;
const LANE = 15;
const LANE_GAP = 4;
/** Contacts that were found here, not stored in the clip, are drawn fainter. */
const FOUND_OPACITY = 0.6;

/** Height of the lanes of both feet. */
export const LANES_HEIGHT = 2 * LANE + LANE_GAP;

/**
 * Draws when the feet stand: one lane for each foot; in it the source's bars over the target's where two
 * clips are on show.
 *
 * `edge` is the place left of the lanes for their letters; `toX` gives a frame's place for each clip.
 */
export function drawContactLanes(
  context: CanvasRenderingContext2D,
  clips: readonly { readonly contacts: Contacts | undefined; readonly toX: (frame: number) => number }[],
  edge: number,
  top: number,
): void {
  if (clips.every(({ contacts }) => contacts === undefined)) return;
  const height = (LANE - (clips.length - 1)) / clips.length;
  (['left', 'right'] as const).forEach((side, lane) => {
    const y = top + lane * (LANE + LANE_GAP);
    context.fillStyle = PALETTE[side];
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(side === 'left' ? 'L' : 'R', edge / 2, y + LANE / 2);
    clips.forEach(({ contacts, toX }, k) => {
      if (!contacts) return;
      context.globalAlpha = contacts.found ? FOUND_OPACITY : 1;
      for (const [first, last] of stretches(contacts[side])) {
        const x = toX(first - 0.5);
        context.fillRect(x, y + k * (height + 1), Math.max(1, toX(last + 0.5) - x), height);
      }
      context.globalAlpha = 1;
    });
  });
}

function* stretches(values: ArrayLike<number>): Generator<[first: number, last: number]> {
  for (let f = 0; f < values.length; f++) {
    if (values[f] < IN_CONTACT) continue;
    const first = f;
    while (f + 1 < values.length && values[f + 1] >= IN_CONTACT) f++;
    yield [first, f];
  }
}
