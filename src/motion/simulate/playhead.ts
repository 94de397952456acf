import type { MotionDatabase } from '../database/database.js';
import type { DatabaseFrame } from '../search/options.js';

/** What plays: a clip, and a place in its frames, between them too. */
export interface Playhead {
  clip: number;
  frame: number;
}

/** The frame that plays, as the database has it. */
export function nearestFrame({ clips }: MotionDatabase, { clip, frame }: Playhead): DatabaseFrame {
  const { frameCount, loops } = clips[clip];
  const nearest = Math.round(frame);
  return { clip, frame: loops ? nearest % frameCount : Math.min(nearest, frameCount - 1) };
}

/** Row of the frame that plays. */
export const playedRow = (database: MotionDatabase, head: Playhead): number =>
  database.clips[head.clip].start + nearestFrame(database, head).frame;

/** The clip has something to play `frames` on from here. */
export function goesOn({ clips }: MotionDatabase, { clip, frame }: Playhead, frames: number): boolean {
  const { frameCount, loops } = clips[clip];
  return loops || frame + frames <= frameCount - 1;
}

/** Plays on by `frames`; a clip that loops begins again, another is held at its end. */
export function playOn({ clips }: MotionDatabase, head: Playhead, frames: number): void {
  const { frameCount, loops } = clips[head.clip];
  head.frame += frames;
  if (loops) head.frame %= frameCount;
  else head.frame = Math.min(head.frame, frameCount - 1);
}
