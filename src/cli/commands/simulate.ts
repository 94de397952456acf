import { Command } from 'commander';
import { z } from 'zod';
import { simulateStage, writeFileAtomic } from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { playPage } from '../play/play-page.js';
import { playText } from '../play/play-text.js';
import { makeProgress } from '../progress.js';

const NUMBERS = 'numbers with commas between are wanted';
const MOST_SEED = 2 ** 31;
const listOf = (item: z.ZodNumber) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part))))
    .pipe(z.array(item).min(1).max(100));
const speed = z.coerce.number('metres per second are wanted').positive().max(20).optional();
const Flags = z.strictObject({
  path: z.string().min(1).default('random'),
  gait: z.enum(['walk', 'run'], 'walk or run is wanted').default('walk'),
  walkSpeed: speed,
  runSpeed: speed,
  seconds: z.coerce.number('a number of seconds is wanted').positive().max(36_000).default(60),
  seed: listOf(z.number(NUMBERS).int(NUMBERS).min(0).max(MOST_SEED)),
  controller: z.enum(['tuned', 'published'], 'tuned or published is wanted').default('tuned'),
  transitionCost: z.coerce.number('a number is wanted').min(0).max(1e6).optional(),
  sweep: listOf(z.number(NUMBERS).min(0).max(1e6)).optional(),
  searchRate: z.coerce.number('searches per second are wanted').positive().max(1000).optional(),
  lock: z.boolean().default(true),
  adjust: z.boolean().default(true),
  encoder: z.string().min(1).optional(),
  out: z.string().min(1).optional(),
  html: z.string().min(1).optional(),
  chosen: z.string().min(1).optional(),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `simulate`: a database played by sticks without a screen, scored, and written as a clip. */
export function simulateCommand(context: CliContext): Command {
  return new Command('simulate')
    .summary('play a database by sticks, score it, and write what was played')
    .description(
      'Play a motion database as a game would: sticks move a point by springs, searches find the frames that go there, jumps are blended away, feet are held. The report says how near the figure keeps to the point, how much it slides, jumps and jerks, and how quickly it answers. Equal input gives equal play.',
    )
    .argument('<database>', 'motion database (.gwdb) whose clips are where they were when it was built')
    .option(
      '--path <path>',
      'random, straight, circle, figure-eight, square, stop-and-go, zigzag, slalom, turns-180, spiral, or a JSON file of sticks',
      'random',
    )
    .option('--gait <gait>', 'walk or run, on the standard paths', 'walk')
    .option('--walk-speed <m/s>', 'what walking means; found in the database by default')
    .option('--run-speed <m/s>', 'what running means; found in the database by default')
    .option('--seconds <n>', 'how long to play', '60')
    .option('--seed <list>', 'of random sticks; several with commas between are played one by one', '1')
    .option(
      '--controller <name>',
      'tuned, or published: the values published with Learned Motion Matching',
      'tuned',
    )
    .option(
      '--transition-cost <x>',
      'added to the cost of every frame but the one that plays on; 0 by default',
    )
    .option(
      '--sweep <list>',
      'play with each of these transition costs (0,0.5,1,2,4) and show the Pareto fronts',
    )
    .option('--search-rate <hz>', 'searches per second; 5 by default, 10 as published')
    .option('--no-lock', 'do not hold standing feet')
    .option('--no-adjust', 'do not draw the figure to the game’s point')
    .option(
      '--encoder <folder>',
      'encoder of a database of latents; by default where it was when the database was built',
    )
    .option('-o, --out <file>', 'write the played motion of the first run (.glb, .fbx, .bvh or .gwclip)')
    .option('--html <file>', 'write the report as a page with drawings, too')
    .option('--chosen <file>', 'write how often jumps landed on each frame (.npy)')
    .option('--force', 'replace files that are there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway simulate motion.gwdb --path figure-eight --seconds 30 --out played.glb\n  gaitway simulate motion.gwdb --seed 1,2,3 --seconds 900 --sweep 0,0.5,1,2,4 --html play.html',
    )
    .action(async (database: string, raw: unknown) => {
      const flags = parseFlags(Flags, raw);
      const { json, html, force, seed, sweep, transitionCost, searchRate, lock, adjust, ...rest } = flags;
      const [firstSeed, ...otherSeeds] = seed;
      const progress = makeProgress(context, 'play');
      const { report, way, timing } = await simulateStage({
        database,
        path: rest.path,
        gait: rest.gait,
        seconds: rest.seconds,
        controller: rest.controller,
        seeds: [firstSeed, ...otherSeeds],
        changes: {
          ...(transitionCost !== undefined && { transitionCost }),
          ...(searchRate !== undefined && { searchSeconds: 1 / searchRate }),
          ...(!lock && { lock: false as const }),
          ...(!adjust && { adjust: false as const }),
        },
        ...(sweep && { transitionCosts: sweep }),
        ...(rest.walkSpeed !== undefined && { walkSpeed: rest.walkSpeed }),
        ...(rest.runSpeed !== undefined && { runSpeed: rest.runSpeed }),
        ...(rest.encoder !== undefined && { encoder: rest.encoder }),
        ...(rest.out !== undefined && { out: rest.out }),
        ...(rest.chosen !== undefined && { chosen: rest.chosen }),
        force,
        signal: context.signal,
        onProgress: progress.update,
      }).finally(() => progress.end());
      if (html !== undefined) {
        await writeFileAtomic(html, playPage(report, way), { force });
        context.note(`wrote ${html}`);
      }
      context.print(json ? JSON.stringify({ ok: true, ...report }, null, 2) : playText(report));
      context.note(
        `${timing.searches} searches of ${timing.meanMicros.toFixed(1)} µs each, 99 % within ${timing.p99Micros.toFixed(1)} µs`,
      );
      if (rest.path === 'random' && !report.speeds.stands) {
        context.note('note: hardly a frame of the database stands, so the random sticks are never let go');
      }
    });
}
