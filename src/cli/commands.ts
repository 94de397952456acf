import type { Command } from 'commander';
import { initCommand } from './commands/init.js';
import type { CliContext } from './context.js';

/** Every verb of the command line, in the order in which help lists them. */
export const commands: readonly ((context: CliContext) => Command)[] = [initCommand];
