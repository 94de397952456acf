/**
 * How a figure is played: metres, radians, seconds; halflives say when half of a gap is closed.
 *
 * `PLAY_SETTINGS` has two sets of values with their measured scores in docs/play.md.
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
  /** A wish that changes faster than this (m/s², rad/s) is searched for at once. */
  readonly suddenChange: number;
  /**
   * Whose joints queries tell the places of: those of the `clip` that plays, or of the `figure` as it is blended, so
   * that jumps are judged by what is seen. Velocities are always the clip's.
   */
  readonly queryPlaces: 'clip' | 'figure';
  /** Of the springs that the game's own point follows. */
  readonly springHalflife: number;
  /** Of what is blended away after a jump. */
  readonly blendHalflife: number;
  readonly pace: PaceSettings | false;
  readonly adjust: AdjustSettings | false;
  readonly lock: LockSettings | false;
}

/** How clips are played faster or slower to keep up with the game's point, without feet sliding. */
export interface PaceSettings {
  /** At most so many times as fast, and as slow. */
  readonly most: number;
  /** Seconds in which what the figure lags behind along its way shall be made good. */
  readonly catchUp: number;
  /** The pace itself comes as a filter with this halflife. */
  readonly halflife: number;
}

/** How the figure's root is drawn to the game's point. */
export interface AdjustSettings {
  readonly placeHalflife: number;
  readonly yawHalflife: number;
  /** A correction is at most this share of the speed (of turning) that the figure has. */
  readonly mostShare: number;
  /** The figure is never further off than this. */
  readonly mostPlace: number;
  readonly mostYaw: number;
}

/** How feet are held in place while they stand. */
export interface LockSettings {
  /** A foot that the figure is drawn further away from is let go. */
  readonly unlockRadius: number;
  /** Of a foot's speed when it is caught, and of its way back when it is let go. */
  readonly catchHalflife: number;
  readonly releaseHalflife: number;
  /** A standing foot that was let go is caught again when it is this near to the clip's; 0: not before it steps. */
  readonly catchAgain: number;
}

/**
 * Values that are known by name.
 *
 * | name        | what                                                                                       |
 * | ----------- | ------------------------------------------------------------------------------------------ |
 * | `tuned`     | measured on 36 minutes of locomotion: nearer to the game's point, with less slide and jerk  |
 * | `published` | those of the code published with "Learned Motion Matching" (D. Holden et al., 2020)         |
 */
export const PLAY_SETTINGS: Readonly<Record<'tuned' | 'published', PlaySettings>> = {
  tuned: {
    tickHz: 60,
    searchSeconds: 0.2,
    transitionCost: 0,
    ignoreAround: 1 / 3,
    ignoreEnd: 1 / 3,
    suddenChange: 50,
    queryPlaces: 'figure',
    springHalflife: 0.27,
    blendHalflife: 0.15,
    pace: { most: 1.07, catchUp: 0.3, halflife: 0.07 },
    adjust: { placeHalflife: 0.06, yawHalflife: 0.1, mostShare: 1.5, mostPlace: 0.15, mostYaw: Math.PI / 2 },
    lock: { unlockRadius: 0.35, catchHalflife: 0.02, releaseHalflife: 0.1, catchAgain: 0.25 },
  },
  published: {
    tickHz: 60,
    searchSeconds: 0.1,
    transitionCost: 0,
    ignoreAround: 1 / 3,
    ignoreEnd: 1 / 3,
    suddenChange: 50,
    queryPlaces: 'clip',
    springHalflife: 0.27,
    blendHalflife: 0.1,
    pace: false,
    adjust: { placeHalflife: 0.1, yawHalflife: 0.2, mostShare: 0.5, mostPlace: 0.15, mostYaw: Math.PI / 2 },
    lock: { unlockRadius: 0.2, catchHalflife: 0.1, releaseHalflife: 0.1, catchAgain: 0 },
  },
};
