import { Command } from 'commander';
import { z } from 'zod';
import { dumpScene, findTake, openScene, timesOfTake } from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';

const Flags = z.object({
  clip: z.string().optional(),
  times: z
    .string()
    .transform((text) => text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part))))
    .refine(
      (times) => times.every(Number.isFinite),
      'seconds separated by commas are wanted, such as 0,0.5,1',
    )
    .optional(),
  fps: z.coerce.number('a number of frames per second is wanted').positive().max(10_000).optional(),
  unit: z.string().optional(),
  up: z.enum(['y', 'z'], 'y or z is wanted').optional(),
});

/** `dump FILE`: where every joint is at some times, as JSON. */
export function dumpCommand(context: CliContext): Command {
  return new Command('dump')
    .summary('print world positions and rotations of all joints as JSON')
    .description(
      'Print world positions (metres, Y up) and rotations of all joints as one JSON document. The file is asked at exactly the given times, between its frames too.',
    )
    .argument('<file>', 'BVH, GLB, glTF, VRM, VRMA or .gwclip file')
    .option('--clip <name>', 'which animation: its name, or its number from 0')
    .option('--times <seconds>', 'seconds from the start, separated by commas')
    .option('--fps <rate>', "frames per second over the whole clip; the clip's own by default")
    .option(
      '--unit <unit>',
      'unit of a file that states none (m, dm, cm, mm, inch, ft, cmu); guessed by default',
    )
    .option('--up <axis>', 'up axis of a file that states none (y or z); guessed by default')
    .option('--json', 'JSON is what dump prints anyway')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway dump walk.bvh --times 0,0.5,1\n  gaitway dump library.glb --clip Run --fps 30 > run.json',
    )
    .action(async (file: string, raw: unknown) => {
      const { clip, times, fps, unit, up } = parseFlags(Flags, raw);
      const scene = await openScene(file, { ...(unit !== undefined && { unit }), ...(up && { up }) });
      const take = scene.takes.length === 0 && clip === undefined ? -1 : findTake(scene, clip);
      context.print(dumpScene(scene, { take, times: times ?? timesOfTake(scene, take, fps) }));
    });
}
