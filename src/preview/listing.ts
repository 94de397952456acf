/** What the page is told before any clip is loaded; the page asks again whenever it has changed. */
export interface Listing {
  readonly clips: readonly ListedClip[];
  /** Files that could not be read, each with why. */
  readonly problems: readonly Problem[];
  /** The built-in skeleton that clips without a source are shown on to begin with. */
  readonly target?: string;
  /** The preview is linked to an editor: a WebSocket can be opened at `link`. */
  readonly isLinked?: boolean;
}

/** One clip that the page may ask for. */
export interface ListedClip {
  readonly id: string;
  /** Goes up when the clip's file has changed. */
  readonly version: number;
  readonly name: string;
  readonly file: string;
  /** Id of the clip that this one was retargeted from, shown beside it. */
  readonly sourceId?: string;
  /** Marks of the retarget report, best shown as they are. */
  readonly scores?: readonly Score[];
}

/** A number by which a retargeted clip is judged. */
export interface Score {
  readonly name: string;
  readonly value: number;
  /** `°`, `cm`, `cm/s`, `%`, `×`. */
  readonly unit: string;
  /** Worse than the retargeter holds good. */
  readonly isOver?: boolean;
}

/** A file that could not be shown, and why. */
export interface Problem {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}
