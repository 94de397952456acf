/**
 * How a figure is played. Seconds, metres, radians; halflives say when half of a gap is closed.
 *
 * @see D. Holden et al., "Learned Motion Matching" (2020), published code, for the values by default.
 */
export interface PlaySettings {
  /** Ticks per second; clips are read between their frames where their rate is another. */
  readonly tickHz: number;
  /** Seconds from one search to the next. */
  readonly searchSeconds: number;
  /** Added to the cost of every frame but the one that would play on. */
  readonly transitionCost: number;
  /** No jump lands nearer than this to the frame that plays, in its clip. */
  readonly ignoreAround: number;
  /** No jump lands nearer than this to the end of a clip. */
  readonly ignoreEnd: number;
  /** A wish whose velocity changes faster than this (m/s², rad/s²) is searched for at once. */
  readonly suddenChange: number;
  /** Of the springs that the game's own point follows. */
  readonly springHalflife: number;
  /** Of what is blended away after a jump. */
  readonly blendHalflife: number;
  readonly adjust: AdjustSettings | false;
  readonly lock: LockSettings | false;
}

/** How the figure's root is drawn to the game's point. */
export interface AdjustSettings {
  readonly placeHalflife: number;
  readonly yawHalflife: number;
  /** A correction is at most this share of the speed (of turning) that the clip itself has. */
  readonly mostShare: number;
  /** The figure is never further off than this. */
  readonly mostPlace: number;
  readonly mostYaw: number;
}

/** How feet are held in place while they stand. */
export interface LockSettings {
  /** A foot that is drawn further away is let go. */
  readonly unlockRadius: number;
  readonly blendHalflife: number;
}

export const HOLDEN_SETTINGS: PlaySettings = {
  tickHz: 60,
  searchSeconds: 0.1,
  transitionCost: 0,
  ignoreAround: 1 / 3,
  ignoreEnd: 1 / 3,
  suddenChange: 50,
  springHalflife: 0.27,
  blendHalflife: 0.1,
  adjust: { placeHalflife: 0.1, yawHalflife: 0.2, mostShare: 0.5, mostPlace: 0.15, mostYaw: Math.PI / 2 },
  lock: { unlockRadius: 0.2, blendHalflife: 0.1 },
};
