/** Values that explain an error to a program: file, joint, frame, byte offset and the like. */
export type ErrorData = Readonly<Record<string, unknown>>;

/**
 * The one error that Gaitway throws on purpose.
 *
 * `code` is stable API (`area/what-is-wrong`); `message` is a full sentence for people that says what was
 * found, what was wanted, where, and what to do; `data` holds the same facts for programs.
 */
export class GaitwayError extends Error {
  readonly code: string;
  readonly data: ErrorData;

  constructor(code: string, message: string, data: ErrorData = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'GaitwayError';
    this.code = code;
    this.data = data;
  }
}

/** A fact worth telling that does not stop the work; warnings are data and are never printed by the layers. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly joint?: string;
  readonly frame?: number;
}

/** What a check of something from outside found wrong, and where in it. */
interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** More faults than this are counted, not told: one wrong field of a list is wrong in every entry. */
const MOST_FAULTS = 5;

/** The first faults of a check as lines, each with its place, and how many more there are. */
export function faultsInWords(faults: readonly Fault[]): string {
  const lines = faults
    .slice(0, MOST_FAULTS)
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message));
  if (faults.length > MOST_FAULTS) lines.push(`and ${faults.length - MOST_FAULTS} more like these`);
  return lines.join('\n');
}
