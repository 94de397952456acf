import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { buildStage, findProject, schemaOfProject } from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { noteWarnings } from '../note-warnings.js';
import { makeProgress } from '../progress.js';

const Flags = z.strictObject({
  out: z.string('the name of a .gwdb file is wanted').min(1),
  schema: z.string().min(1).optional(),
  rate: z.coerce.number('a number of frames per second is wanted').positive().max(240).optional(),
  encoder: z.string().min(1).optional(),
  latents: z.string().min(1).optional(),
  extrapolate: z.boolean().default(false),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `build`: clips in, one motion database out. */
export function buildCommand(context: CliContext): Command {
  return new Command('build')
    .summary('build a motion-matching database from clips')
    .description(
      'Build one motion-matching database of clips that share a skeleton. Frames whose features look out of their clip are kept but never answered with; the report says how many.',
    )
    .argument('<clips...>', 'BVH, FBX, glTF or .gwclip files, or folders of them')
    .requiredOption('-o, --out <file>', 'database to write (.gwdb)')
    .option(
      '--schema <name>',
      'features to compare: holden (27 numbers), hand-made (the same, unit weights), ue54 (Unreal 5.4’s default, 28), or a JSON file; "schema" of gaitway.json by default, holden outside of a project',
    )
    .option('--rate <hz>', 'frames per second to resample to; the schema’s by default (30)')
    .option(
      '--encoder <folder>',
      'search latents of the encoder that `train` wrote there instead of features',
    )
    .option('--latents <folder>', 'search latents that `encode` wrote (<clip>.npy) instead of features')
    .option('--extrapolate', 'let paths walk on straight beyond the clip, so that every frame can be used')
    .option('--force', 'replace a database that is there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway build retargeted --out motion.gwdb\n  gaitway build walk.bvh run.bvh --schema ue54 --out motion.gwdb --json\n  gaitway build retargeted --encoder encoders/mlp --out learned.gwdb',
    )
    .action(async (paths: string[], raw: unknown) => {
      const { json, rate, encoder, latents, extrapolate, schema, ...flags } = parseFlags(Flags, raw);
      if (encoder !== undefined && latents !== undefined) {
        throw new GaitwayError('cli/usage', 'Latents come from --encoder or from --latents, not from both.');
      }
      const project = schema === undefined ? findProject(process.cwd()) : undefined;
      const progress = makeProgress(context, 'build');
      const report = await buildStage({
        ...flags,
        schema: schema ?? (project ? schemaOfProject(project) : 'holden'),
        clips: paths,
        ...(rate !== undefined && { rateHz: rate }),
        ...(encoder !== undefined && { encoder }),
        ...(latents !== undefined && { latents }),
        ends: extrapolate ? 'extrapolate' : 'mask',
        signal: context.signal,
        onProgress: (done, total, clip) => progress.update(done, total, clip),
      }).finally(() => progress.end());
      const ok = report.failed.length === 0;
      if (json) context.print(JSON.stringify({ ok, ...report }, null, 2));
      else {
        context.print(
          `${report.out}: ${report.clips} clips, ${report.frames} frames (${report.seconds.toFixed(1)} s at ${report.rateHz} Hz), ` +
            `${report.validFrames} of them usable, ${report.dimension} numbers each (${report.schema}), ${report.bytes} bytes`,
        );
      }
      noteWarnings(context, report.clipWarnings);
      for (const { message } of report.warnings) context.note(`warning: ${message}`);
      for (const { clip, message, code } of report.failed)
        context.note(`error: ${clip}: ${message} [${code}]`);
      if (!ok) throw new CommandFailed();
    });
}
