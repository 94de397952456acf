/**
 * How a search goes about it.
 *
 * | mode      | what                                                                                             |
 * | --------- | ------------------------------------------------------------------------------------------------ |
 * | `vp-tree` | exact; queries with weights are answered by the boxes                                             |
 * | `boxes`   | exact; boxes around neighbouring rows                                                             |
 * | `brute`   | exact; looks at every row                                                                         |
 * | `unreal`  | what Unreal's default search finds: the best of the nearest 200 by four principal components only  |
 */
export type SearchMode = 'vp-tree' | 'boxes' | 'brute' | 'unreal';

export const SEARCH_MODES: readonly SearchMode[] = ['vp-tree', 'boxes', 'brute', 'unreal'];

/** A frame of a clip in the database. */
export interface DatabaseFrame {
  /** Index into the database's clips. */
  readonly clip: number;
  readonly frame: number;
}

export interface SearchOptions {
  /** That of the search by default. */
  readonly mode?: SearchMode;
  /** How many answers, best first; 1 by default, fewer where the database runs out. */
  readonly count?: number;
  /** Answers from one clip lie at least this many seconds apart; 0 by default: any other frame. */
  readonly apartSeconds?: number;
  /** Leaves out every frame of this clip that is nearer than `excludeSeconds` to the frame. */
  readonly exclude?: DatabaseFrame;
  readonly excludeSeconds?: number;
  /**
   * The frame that would play on if nothing is chosen; a bias is added to its cost (below 0 it is favoured, as in
   * Unreal) and it wins over its equals. It is a candidate even where `exclude` covers it or frames may not be jumped to.
   */
  readonly continuing?: DatabaseFrame;
  /** 0 by default, or Unreal's; a frame with a continuing bias of its own has that instead. */
  readonly continuingBias?: number;
  /**
   * Adds what a PoseSearch database adds by default: −0.005 to frames of clips that loop, and −0.01 to the continuing
   * frame. By default so in the mode `unreal` alone; an exact mode then says what Unreal's search would miss.
   */
  readonly unrealBiases?: boolean;
  /** Added to the cost of every frame but the continuing one; 0 by default. */
  readonly transitionCost?: number;
  /** Tags that an answer has, all of them, the continuing frame included. */
  readonly requiredTags?: readonly string[];
  /** Tags none of which an answer has. */
  readonly forbiddenTags?: readonly string[];
  /** What the squared distance of each block of the database is multiplied by, in float32; 1 by default. */
  readonly weights?: readonly number[];
}

export interface Match extends DatabaseFrame {
  readonly clipName: string;
  readonly row: number;
  /** Seconds from the clip's start. */
  readonly time: number;
  /** Weighted squared distance, and what is added to it: `bias`. */
  readonly cost: number;
  /** The frame's own bias, and its continuing bias or the transition cost. */
  readonly bias: number;
  readonly isContinuing: boolean;
  /** Share of the squared distance per block of the database, in its order. */
  readonly costOfBlocks: readonly number[];
}
