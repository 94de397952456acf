/**
 * What a command tells and is told, so that tests run it with no terminal.
 *
 * Paths are taken from the process's own folder, as everywhere in Node.
 */
export interface CliContext {
  /** One line (or document) on stdout: results. */
  readonly print: (text: string) => void;
  /** One line on stderr: progress, notes, warnings. */
  readonly note: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Stderr is a terminal: bars and colours are welcome. */
  readonly interactive: boolean;
  /** Aborted by Ctrl-C; long work stops at the next step and leaves nothing half written. */
  readonly signal: AbortSignal;
}
