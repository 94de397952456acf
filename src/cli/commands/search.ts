import { Command } from 'commander';
import { z } from 'zod';
import { SEARCH_MODES } from '../../motion/index.js';
import { searchStage } from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { searchText } from '../search-text.js';

const seconds = z.coerce.number('a number of seconds is wanted').min(0).max(3600);
const tags = z.array(z.string().min(1)).optional();
const Flags = z.strictObject({
  clip: z.string('a clip is wanted').min(1),
  time: z.coerce.number('a number of seconds is wanted').min(0).max(1e6).default(0),
  encoder: z.string().min(1).optional(),
  mode: z.enum(SEARCH_MODES, `one of ${SEARCH_MODES.join(', ')} is wanted`).default('vp-tree'),
  tag: tags,
  notTag: tags,
  top: z.coerce.number('a whole number is wanted').int().min(1).max(1000).default(5),
  exclude: seconds.default(0.5),
  apart: seconds.default(0.2),
  json: z.boolean().default(false),
});

/** `search`: which frames of a database fit a moment of a clip best, and why. */
export function searchCommand(context: CliContext): Command {
  return new Command('search')
    .summary('find the frames of a database that fit a moment of a clip, and say why')
    .description(
      'Find the frames of a database that fit a moment of a clip best. The search is exact. The cost is told apart by what the schema compares and when, and so is what the second answer lost by; beside it stands what Unreal’s default search would pick.',
    )
    .argument('<database>', 'motion database (.gwdb)')
    .requiredOption('--clip <clip>', 'a clip of the database by name, or any clip file of the same skeleton')
    .option('--time <seconds>', 'the moment, from the clip’s start', '0')
    .option(
      '--encoder <folder>',
      'encoder of a database of latents; by default where it was when the database was built',
    )
    .option(
      '--mode <mode>',
      'how the answers are found: vp-tree, boxes or brute (all exact), or unreal (what Unreal would find)',
      'vp-tree',
    )
    .option('--tag <names...>', 'tags that an answer must have')
    .option('--not-tag <names...>', 'tags that an answer must not have')
    .option('--top <count>', 'how many answers', '5')
    .option(
      '--exclude <seconds>',
      'leave out frames of the query’s own clip that are nearer than this, where it is in the database',
      '0.5',
    )
    .option('--apart <seconds>', 'answers of one clip lie at least this far apart', '0.2')
    .option('--json', 'print the answers as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway search motion.gwdb --clip walk --time 1.5\n  gaitway search motion.gwdb --clip walk --time 1.5 --tag run --not-tag turn-left turn-right\n  gaitway search motion.gwdb --clip captures/turn.bvh --time 0.8 --top 3 --json',
    )
    .action(async (database: string, raw: unknown) => {
      const { json, top, exclude, apart, encoder, tag, notTag, ...flags } = parseFlags(Flags, raw);
      const report = await searchStage({
        ...flags,
        ...(encoder !== undefined && { encoder }),
        ...(tag && { requiredTags: tag }),
        ...(notTag && { forbiddenTags: notTag }),
        database,
        count: top,
        excludeSeconds: exclude,
        apartSeconds: apart,
      });
      context.print(json ? JSON.stringify({ ok: true, ...report }, null, 2) : searchText(report));
      if (!report.query.valid) {
        context.note(
          'warning: the query looks out of its clip, so what lies beyond was read from the clip’s end; the answers mean less.',
        );
      }
    });
}
