import type { Command } from 'commander';
import { buildCommand } from './commands/build.js';
import { convertCommand } from './commands/convert.js';
import { doctorCommand } from './commands/doctor.js';
import { dumpCommand } from './commands/dump.js';
import { editorCommand } from './commands/editor.js';
import { encodeCommand } from './commands/encode.js';
import { evaluateCommand } from './commands/evaluate.js';
import { explainCommand } from './commands/explain.js';
import { initCommand } from './commands/init.js';
import { inspectCommand } from './commands/inspect.js';
import { linkCommand } from './commands/link.js';
import { mapCommand } from './commands/map.js';
import { previewCommand } from './commands/preview.js';
import { pullCommand } from './commands/pull.js';
import { pushCommand } from './commands/push.js';
import { retargetCommand } from './commands/retarget.js';
import { searchCommand } from './commands/search.js';
import { simulateCommand } from './commands/simulate.js';
import { tagCommand } from './commands/tag.js';
import { trainCommand } from './commands/train.js';
import { trainTaggerCommand } from './commands/train-tagger.js';
import { tuneCommand } from './commands/tune.js';
import type { CliContext } from './context.js';

/** Every verb of the command line, in the order in which help lists them. */
export const commands: readonly ((context: CliContext) => Command)[] = [
  initCommand,
  doctorCommand,
  inspectCommand,
  dumpCommand,
  convertCommand,
  mapCommand,
  retargetCommand,
  previewCommand,
  trainCommand,
  encodeCommand,
  explainCommand,
  trainTaggerCommand,
  tagCommand,
  buildCommand,
  evaluateCommand,
  tuneCommand,
  searchCommand,
  simulateCommand,
  pullCommand,
  pushCommand,
  linkCommand,
  editorCommand,
];
