import { runCli } from '../../src/cli/program.js';

export interface CliRun {
  readonly code: number;
  /** What went to stdout, and to stderr. */
  readonly printed: string;
  readonly noted: string;
}

export interface CliRunOptions {
  /** The folder to stand in; that of the tests by default. */
  readonly cwd?: string;
  /** Sees each line of stdout as it comes, and may interrupt the command as Ctrl-C does. */
  readonly onPrint?: (line: string, interrupt: () => void) => void;
}

/** Runs a command line in this process, with no terminal. */
export async function runGaitway(
  args: readonly string[],
  { cwd, onPrint }: CliRunOptions = {},
): Promise<CliRun> {
  const printed: string[] = [];
  const noted: string[] = [];
  const interruption = new AbortController();
  const before = process.cwd();
  if (cwd !== undefined) process.chdir(cwd);
  try {
    const code = await runCli(args, {
      print: (text) => {
        printed.push(text);
        onPrint?.(text, () => interruption.abort());
      },
      note: (text) => void noted.push(text),
      env: {},
      interactive: false,
      signal: interruption.signal,
    });
    return { code, printed: printed.join('\n'), noted: noted.join('\n') };
  } finally {
    process.chdir(before);
  }
}
