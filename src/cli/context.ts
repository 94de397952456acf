/** What a command may touch, so that tests run it with no terminal and no process. */
export interface CliContext {
  /** One line (or document) on stdout: results. */
  readonly print: (text: string) => void;
  /** One line on stderr: progress, notes, warnings. */
  readonly note: (text: string) => void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Stderr is a terminal: bars and colours are welcome. */
  readonly interactive: boolean;
  /** Aborted by Ctrl-C; long work stops at the next step and leaves nothing half written. */
  readonly signal: AbortSignal;
}
