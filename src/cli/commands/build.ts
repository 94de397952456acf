import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { ROW_PRECISIONS } from '../../motion/index.js';
import {
  type BuildReport,
  buildStage,
  findProject,
  type Project,
  schemaOfProject,
} from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { noteWarnings } from '../note-warnings.js';
import { makeProgress } from '../progress.js';

const ENDS = ['unreal', 'mask', 'extrapolate', 'loop'] as const;
const LOOPS = ['auto', 'none'] as const;

const Flags = z.strictObject({
  out: z.string('the name of a .gwdb file is wanted').min(1),
  schema: z.string().min(1).optional(),
  rootJoint: z.string().min(1).optional(),
  rate: z.coerce.number('a number of frames per second is wanted').positive().max(240).optional(),
  encoder: z.string().min(1).optional(),
  latents: z.string().min(1).optional(),
  precision: z.enum(ROW_PRECISIONS, `one of ${ROW_PRECISIONS.join(', ')} is wanted`).optional(),
  ends: z.enum(ENDS, `one of ${ENDS.join(', ')} is wanted`).optional(),
  loops: z.enum(LOOPS, 'auto or none is wanted').optional(),
  mirror: z.boolean().default(false),
  tagFolders: z.boolean().default(false),
  tagManifest: z.string().min(1).optional(),
  maxFrames: z.coerce.number('a whole number of frames is wanted').int().min(1).optional(),
  chosen: z.string().min(1).optional(),
  normaliseWith: z.array(z.string().min(1)).min(1).optional(),
  jobs: z.coerce.number('a number of threads is wanted').int().min(1).max(256).optional(),
  cache: z.boolean().default(true),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `build`: clips in, one motion database out. */
export function buildCommand(context: CliContext): Command {
  return new Command('build')
    .summary('build a motion-matching database from clips')
    .description(
      'Build one motion-matching database of clips that share a skeleton. Frames are tagged by gait (idle, walk, run, turns, starts, stops …) and by what the clips’ events say; events named like Unreal’s PoseSearch notify states exclude, block or bias frames. Clips that have not changed since the last build are not read again.',
    )
    .argument('<clips...>', 'BVH, FBX, glTF or .gwclip files, or folders of them')
    .requiredOption('-o, --out <file>', 'database to write (.gwdb)')
    .option(
      '--schema <name>',
      'features to compare: holden (27 numbers), hand-made (the same, unit weights), ue54 (Unreal 5.4’s default, 28), or a JSON file; "schema" of gaitway.json by default, holden outside of a project',
    )
    .option(
      '--root-joint <name>',
      'joint that the root is, as Unreal takes its root bone; found from the body and smoothed by default',
    )
    .option('--rate <hz>', 'frames per second to resample to; the schema’s by default (30)')
    .option(
      '--encoder <folder>',
      'search latents of the encoder that `train` wrote there instead of features',
    )
    .option('--latents <folder>', 'search latents that `encode` wrote (<clip>.npy) instead of features')
    .option(
      '--precision <type>',
      'numbers that latents are kept as: f32 (default), f16 (half the bytes) or int8 (a quarter); what that costs is measured and told',
    )
    .option(
      '--ends <rule>',
      'frames near a clip’s end: unreal (default: all but the last 0.3 s may be answered with, paths walk on straight), extrapolate (all), mask (those that look nowhere beyond the clip), loop (every clip is a loop)',
    )
    .option(
      '--loops <which>',
      'auto (default): clips whose end joins their start in pose and velocity go on with it; none',
    )
    .option('--mirror', 'add every clip’s mirror image')
    .option(
      '--tag-folders',
      'tag clips with the names of the folders they lie in, below the one that is given',
    )
    .option('--tag-manifest <file>', 'tag clips with their labels in a manifest')
    .option(
      '--max-frames <n>',
      'prune to so many frames: what is dead and what others replace best goes first',
    )
    .option(
      '--chosen <file>',
      'prune first what play never chose: counts that `simulate --chosen` wrote of the whole database',
    )
    .option(
      '--normalise-with <files...>',
      'databases that are searched along with this one: they are written anew with the scale of all together, so that costs compare (wants --force)',
    )
    .option('--jobs <n>', 'threads that read clips; as many as there are processors by default')
    .option('--no-cache', 'read every clip, and keep nothing for the next build')
    .option('--force', 'replace a database that is there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway build retargeted --out motion.gwdb\n  gaitway build walk.bvh run.bvh --schema ue54 --mirror --out motion.gwdb --json\n  gaitway build library --tag-folders --ends mask --out motion.gwdb\n  gaitway build retargeted --encoder encoders/mlp --precision int8 --out learned.gwdb',
    )
    .action(async (paths: string[], raw: unknown) => {
      const {
        json,
        rate,
        schema,
        jobs,
        cache,
        tagFolders,
        tagManifest,
        maxFrames,
        chosen,
        encoder,
        latents,
        normaliseWith,
        rootJoint,
        ends,
        loops,
        precision,
        ...flags
      } = parseFlags(Flags, raw);
      if (encoder !== undefined && latents !== undefined) {
        throw new GaitwayError('cli/usage', 'Latents come from --encoder or from --latents, not from both.');
      }
      if (encoder !== undefined || latents !== undefined)
        refuseForLatents({ ends, loops, 'root-joint': rootJoint, 'normalise-with': normaliseWith });
      else if (precision !== undefined) {
        throw new GaitwayError(
          'cli/usage',
          '--precision is for latents; give --encoder or --latents with it.',
        );
      }
      if (chosen !== undefined && maxFrames === undefined) {
        throw new GaitwayError(
          'cli/usage',
          '--chosen says what to prune first; give a budget with --max-frames.',
        );
      }
      const project = findProject(process.cwd());
      const progress = makeProgress(context, 'build');
      const report = await buildStage({
        ...flags,
        schema: schema ?? (project ? schemaOfProject(project) : 'holden'),
        clips: paths,
        labels: { folders: tagFolders, ...(tagManifest !== undefined && { manifest: tagManifest }) },
        jobs: jobs ?? availableParallelism(),
        ...(cache && { cache: cacheFolder(flags.out, project) }),
        ...(maxFrames !== undefined && { maxFrames }),
        ...(chosen !== undefined && { chosen }),
        ...(rate !== undefined && { rateHz: rate }),
        ...(rootJoint !== undefined && { rootJoint }),
        ...(ends && { ends }),
        ...(loops && { loops }),
        ...(encoder !== undefined && { encoder }),
        ...(latents !== undefined && { latents }),
        ...(precision && { precision }),
        ...(normaliseWith && { normaliseWith }),
        signal: context.signal,
        onProgress: progress.update,
      }).finally(() => progress.end());
      const ok = report.failed.length === 0;
      if (json) context.print(JSON.stringify({ ok, ...report }, null, 2));
      else for (const line of inWords(report)) context.print(line);
      noteWarnings(context, report.clipWarnings);
      for (const { message } of report.warnings) context.note(`warning: ${message}`);
      for (const { clip, message, code } of report.failed)
        context.note(`error: ${clip}: ${message} [${code}]`);
      if (!ok) throw new CommandFailed();
    });
}

/** Latents are made by their encoder as it sees fit; what is said of features would do nothing. */
function refuseForLatents(said: Readonly<Record<string, unknown>>): void {
  const [name] = Object.entries(said).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  if (name === undefined) return;
  throw new GaitwayError('cli/usage', `--${name} is for features; latents are as their encoder makes them.`);
}

/** The project's own cache, or a folder beside the database that is passed by when clips are looked for. */
const cacheFolder = (out: string, project: Project | undefined): string =>
  project
    ? join(project.folder, 'Saved', 'Gaitway', 'cache', 'tracks')
    : join(dirname(out), '.gaitway-cache', 'tracks');

function inWords(report: BuildReport): string[] {
  const { clips, mirrored, looping, frames, rateHz, seconds, dimension, schema, bytes, tags } = report;
  const kinds = [
    ...(mirrored > 0 ? [`${mirrored} mirrored`] : []),
    ...(looping > 0 ? [`${looping} looping`] : []),
    ...(report.unchanged > 0 ? [`${report.unchanged} files unchanged since the last build`] : []),
  ];
  const blocked = report.blockedFrames > 0 ? `, ${report.blockedFrames} only to play on to` : '';
  const tagged = Object.entries(tags).map(([tag, count]) => `${tag} ${percent(count / frames)}`);
  return [
    `${report.out}: ${clips} clips${kinds.length > 0 ? ` (${kinds.join(', ')})` : ''}, ${frames} frames (${seconds.toFixed(1)} s at ${rateHz} Hz), ${dimension} numbers each (${schema}), ${bytes} bytes`,
    `${report.validFrames} frames can be answered with${blocked}; ${percent(report.deadShare)} are dead`,
    ...(tagged.length > 0 ? [`tags: ${tagged.join(', ')}`] : []),
    ...(report.stored ? [storedText(report.stored)] : []),
    ...(report.pruned ? [prunedText(report.pruned)] : []),
  ];
}

function prunedText({
  framesBefore,
  queries,
  cost,
  costP95,
  coverage,
}: NonNullable<BuildReport['pruned']>): string {
  const change = ({ before, after }: typeof cost): string => `${before.toFixed(3)} → ${after.toFixed(3)}`;
  return `pruned from ${framesBefore} frames: the best answer to ${queries} likely queries costs ${change(cost)} (95 %: ${change(costP95)}); ${percent(coverage.before)} → ${percent(coverage.after)} of the cells of speed and turn are covered`;
}

const storedText = ({
  precision,
  queries,
  recall,
  costRatio,
  rowError,
}: NonNullable<BuildReport['stored']>): string =>
  `kept as ${precision}: ${percent(recall)} of ${queries} likely queries get the frame that f32 gives them; answers cost ${percent(costRatio - 1)} more; latents are off by ${(100 * rowError).toPrecision(2)} % of their spread`;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
