import { runCli } from '../../src/cli/program.js';

export interface CliRun {
  readonly code: number;
  /** What went to stdout, and to stderr. */
  readonly printed: string;
  readonly noted: string;
}

/** Runs a command line in this process, with no terminal. */
export async function runGaitway(
  args: readonly string[],
  { cwd, signal = new AbortController().signal }: { cwd: string; signal?: AbortSignal },
): Promise<CliRun> {
  const printed: string[] = [];
  const noted: string[] = [];
  const code = await runCli(args, {
    print: (text) => void printed.push(text),
    note: (text) => void noted.push(text),
    cwd,
    env: {},
    interactive: false,
    signal,
  });
  return { code, printed: printed.join('\n'), noted: noted.join('\n') };
}
