import { Command, CommanderError } from 'commander';
import { GaitwayError } from '../errors.js';
import { CommandFailed } from './command-failed.js';
import { commands } from './commands.js';
import type { CliContext } from './context.js';
import { VERSION } from './version.js';

const USAGE_EXIT = 2;
const FAILED_EXIT = 1;

/** The whole command line as one commander program. */
export function makeProgram(context: CliContext): Command {
  const program = new Command('gaitway')
    .description(
      'Retarget motion capture to Unreal skeletons, build motion-matching databases, see every pose, push it to the editor.',
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.note(text.trimEnd()),
    });
  for (const make of commands) {
    const command = make(context).exitOverride();
    command.copyInheritedSettings(program);
    program.addCommand(command);
  }
  return program;
}

/**
 * Runs one command line and gives its exit code: 0 all succeeded, 1 something failed, 2 wrong usage.
 *
 * An error is one sentence on stderr; with `--json` it is also the document on stdout.
 */
export async function runCli(argv: readonly string[], context: CliContext): Promise<number> {
  const program = makeProgram(context);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT;
    if (error instanceof CommandFailed) return FAILED_EXIT;
    const { code, message, data } = describe(error, context);
    if (argv.includes('--json'))
      context.print(JSON.stringify({ ok: false, error: { code, message, data } }, null, 2));
    context.note(`error: ${message} [${code}]`);
    return code === 'cli/usage' ? USAGE_EXIT : FAILED_EXIT;
  }
}

function describe(error: unknown, context: CliContext): { code: string; message: string; data: unknown } {
  if (error instanceof GaitwayError) return { code: error.code, message: error.message, data: error.data };
  const message = error instanceof Error ? error.message : String(error);
  if (context.env.GAITWAY_DEBUG && error instanceof Error) context.note(error.stack ?? message);
  return {
    code: 'internal/unexpected',
    message: `Gaitway met a fault of its own: ${message}. Set GAITWAY_DEBUG=1 to see where, and please report it.`,
    data: {},
  };
}
