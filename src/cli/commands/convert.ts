import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { makeRate, type Rate, rateFromHz } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { ENCODER_SIDES } from '../../motion/index.js';
import {
  CLIP_FORMATS,
  type ConvertedFile,
  type ConvertReport,
  type ConvertSettings,
  convertFile,
  convertStage,
  formatOfEnding,
  type TakePlace,
} from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { exportDatabaseTo, exportEncoderTo } from '../export-for-programs.js';
import { parseFlags } from '../flags.js';
import { FORMAT_NAMES } from '../format-list.js';
import { makeProgress } from '../progress.js';
import { Scale } from '../scale.js';

function parseRate(text: string, ctx: z.RefinementCtx): Rate {
  const [, numerator, denominator] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const hz = denominator ? Number(numerator) / Number(denominator) : Number(text);
  if (text.trim() === '' || !(hz > 0 && hz <= 10_000)) {
    ctx.addIssue({
      code: 'custom',
      message: 'frames per second are wanted, such as 30, 29.97 or 30000/1001',
    });
    return z.NEVER;
  }
  return denominator ? makeRate(Number(numerator), Number(denominator)) : rateFromHz(hz);
}

const BVH_NAMES = ['safe', 'motionbuilder', 'blender', 'cmu', 'source'] as const;

/** `1.5` and `1.5s` are seconds, `45f` is a frame. */
function parsePlace(text: string, ctx: z.RefinementCtx): TakePlace {
  const [, number = '', unit] = /^(\d+(?:\.\d+)?)([sf]?)$/.exec(text.trim()) ?? [];
  if (number === '' || (unit === 'f' && number.includes('.'))) {
    ctx.addIssue({
      code: 'custom',
      message: `"${text}" is no place in a take; seconds (1.5) or a frame (45f) are wanted`,
    });
    return z.NEVER;
  }
  return unit === 'f' ? { frame: Number(number) } : { seconds: Number(number) };
}

const Flags = z.strictObject({
  to: z
    .string()
    .transform((text) => text.toLowerCase())
    .pipe(z.enum(CLIP_FORMATS, `one of ${FORMAT_NAMES} is wanted`))
    .optional(),
  clip: z.string().optional(),
  rate: z.string().transform(parseRate).optional(),
  start: z.string().transform(parsePlace).optional(),
  end: z.string().transform(parsePlace).optional(),
  unit: z.string().optional(),
  up: z.enum(['y', 'z'], 'y or z is wanted').optional(),
  scale: Scale.optional(),
  order: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(['XYZ', 'XZY', 'YXZ', 'YZX', 'ZXY', 'ZYX'], 'an order such as ZXY is wanted'))
    .optional(),
  outUnit: z.string().optional(),
  outUp: z.enum(['y', 'z'], 'y or z is wanted').optional(),
  names: z.enum(BVH_NAMES, `one of ${BVH_NAMES.join(', ')} is wanted`).optional(),
  channels: z.enum(['moving', 'root', 'all'], 'moving, root or all is wanted').optional(),
  endSites: z.enum(['invented', 'stated'], 'invented or stated is wanted').optional(),
  axes: z.enum(['unreal', 'y-up'], 'unreal or y-up is wanted').optional(),
  mesh: z.boolean().default(true),
  side: z.enum(ENCODER_SIDES, `${ENCODER_SIDES.join(' or ')} is wanted`).optional(),
  jobs: z.coerce.number('a number of threads is wanted').int().min(1).max(256).optional(),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});
type Flags = Omit<z.infer<typeof Flags>, 'side'>;

/** `convert IN OUT`: a file, or a folder of them, in another format. */
export function convertCommand(context: CliContext): Command {
  return new Command('convert')
    .summary('write animation files in another format')
    .description(
      'Write an animation file, or every one of a folder, in another format. Places and turns of all joints stay; what the other format cannot hold is named. A GLB or FBX takes all animations of a file; of other formats a file holds one, so a folder gets one for each. A motion database (.gwdb) is written as .npz or .safetensors, an encoder (the folder that `train` wrote, or its .gwenc) as .onnx, for other programs. A VRMA needs joints that make a person whose rest pose stands.',
    )
    .argument(
      '<in>',
      'BVH, FBX, GLB, glTF, VRM, VRMA or .gwclip file, or a folder of them; or a .gwdb file, or an encoder',
    )
    .argument(
      '<out>',
      `file to write, its ending tells the format (${FORMAT_NAMES}); or a folder, where <in> is one or --to is given`,
    )
    .option('--to <format>', `${FORMAT_NAMES}; by the ending of <out> where that is a file`)
    .option('--clip <name>', 'which animation: its name, or its number from 0')
    .option('--rate <hz>', "frames per second to sample at; the clip's own by default")
    .option('--start <place>', 'first pose: seconds (1.5) or a frame (45f)')
    .option('--end <place>', 'last pose: seconds (1.5) or a frame (45f)')
    .option(
      '--unit <unit>',
      'unit of inputs that state none (m, dm, cm, mm, inch, ft, cmu); guessed by default',
    )
    .option('--up <axis>', 'up axis of inputs that state none (y or z); guessed by default')
    .option(
      '--scale <factor>',
      'multiply all lengths, for files that state another unit than they use (0.01)',
    )
    .option('--order <order>', 'BVH: order of the rotation channels (ZXY by default)')
    .option('--out-unit <unit>', 'BVH: unit to write (cm by default)')
    .option('--out-up <axis>', 'BVH: axis that points up in the file, y (default) or z')
    .option(
      '--names <style>',
      'BVH: safe (letters, digits, _; the default), motionbuilder (without namespace), blender (at most 63 bytes), cmu (Hips, LeftUpLeg, LowerBack, by what the joints are) or source',
    )
    .option(
      '--channels <which>',
      'BVH: six channels for moving joints (default), for the root alone, or for all',
    )
    .option('--end-sites <how>', 'BVH: invented where none is known (default), or stated ones only')
    .option(
      '--axes <axes>',
      "FBX: unreal (Z up, as Unreal's own exports; the default) or y-up (Maya, Blender)",
    )
    .option('--no-mesh', 'FBX: leave out the tiny skinned mesh that Unreal makes a skeleton from')
    .option(
      '--side <side>',
      'ONNX: query (what a game asks with; the default) or database (which knows its own future)',
    )
    .option('--jobs <n>', 'threads for a folder; as many as there are processors by default')
    .option('--force', 'replace files that are there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway convert walk.bvh walk.glb\n  gaitway convert moves.glb run.bvh --clip Run --rate 30 --start 1.5 --end 90f\n  gaitway convert moves.glb moves.fbx\n  gaitway convert library converted --to fbx\n  gaitway convert old.bvh new.bvh --order ZYX --unit inch --force\n  gaitway convert motion.gwdb motion.npz\n  gaitway convert encoders/mlp query.onnx',
    )
    .action(async (input: string, output: string, raw: unknown) => {
      const { side, ...flags } = parseFlags(Flags, raw);
      const [from, to] = [input, output].map((path) => extname(path).toLowerCase());
      if (from === '.gwenc' || to === '.onnx')
        return exportEncoderTo(context, input, output, { ...flags, side: side ?? 'query' });
      if (side !== undefined)
        throw new GaitwayError('cli/usage', '--side is for encoders, which are written as .onnx.');
      if (from === '.gwdb') await exportDatabaseTo(context, input, output, flags);
      else if ((await isFolder(input)) || (await isFolder(output)) || /[\\/]$/.test(output))
        await convertFolder(context, input, output, flags);
      else await convertOne(context, input, output, flags);
    });
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );

function settingsOf(flags: Flags, format: ConvertSettings['format']): ConvertSettings {
  const {
    clip,
    rate,
    scale,
    start,
    end,
    unit,
    up,
    order,
    outUnit,
    outUp,
    names,
    channels,
    endSites,
    axes,
    mesh,
  } = flags;
  return {
    format,
    bvh: {
      ...(order && { order }),
      ...(outUnit !== undefined && { unit: outUnit }),
      ...(outUp && { up: outUp }),
      ...(names && { names }),
      ...(channels && { channels }),
      ...(endSites && { endSites }),
    },
    fbx: { mesh, ...(axes && { axes }) },
    ...(clip !== undefined && { take: clip }),
    ...(rate && { rate }),
    ...(start && { start }),
    ...(end && { end }),
    ...(unit !== undefined && { unit }),
    ...(up && { up }),
    ...(scale !== undefined && { scale }),
  };
}

async function convertOne(context: CliContext, input: string, output: string, flags: Flags): Promise<void> {
  const progress = makeProgress(context, 'reading');
  const report = await convertFile({
    ...settingsOf(flags, flags.to ?? formatOfEnding(output)),
    input,
    output,
    force: flags.force,
    signal: context.signal,
    onProgress: (share) => progress.update(Math.round(100 * share), 100, '%'),
  }).finally(() => progress.end());
  if (flags.json) {
    context.print(JSON.stringify({ ok: true, input, ...report }, null, 2));
    return;
  }
  for (const { message } of report.warnings) context.note(`warning: ${message}`);
  for (const guess of report.guesses) context.note(`guess: ${guess}`);
  context.print(inWords(report));
}

async function convertFolder(context: CliContext, input: string, out: string, flags: Flags): Promise<void> {
  if (!flags.to) {
    throw new GaitwayError(
      'cli/usage',
      `Say --to and a format (${FORMAT_NAMES}): ${out} is a folder, whose name does not tell.`,
      { out },
    );
  }
  const progress = makeProgress(context, 'convert');
  const batch = await convertStage({
    inputs: [input],
    out,
    settings: settingsOf(flags, flags.to),
    force: flags.force,
    jobs: flags.jobs ?? availableParallelism(),
    signal: context.signal,
    onFile: (file, count, total) => {
      progress.update(count, total, file.file);
      if (!flags.json) for (const line of linesOf(file)) context.note(line);
    },
  }).finally(() => progress.end());
  const { done, unchanged, failed, cancelled } = batch.counts;
  if (batch.files.length === 0)
    throw new GaitwayError('convert/no-input', `No animation files were found in ${input}.`, { input });
  if (flags.json) context.print(JSON.stringify({ ok: failed + cancelled === 0, out, ...batch }, null, 2));
  else {
    context.print(
      [
        `${done} files converted to ${flags.to}, in ${out}`,
        ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
        ...(failed > 0 ? [`${failed} failed`] : []),
        ...(cancelled > 0 ? [`${cancelled} not begun`] : []),
      ].join('; '),
    );
  }
  if (failed + cancelled > 0) throw new CommandFailed();
}

/** What is told of a file: a line an output, with its warnings, and a line a failure. */
function linesOf({ file, state, outputs, failures }: ConvertedFile): string[] {
  return [
    ...outputs.map((report) => `${state === 'unchanged' ? 'unchanged: ' : ''}${inWords(report)}`),
    ...outputs.flatMap(({ output, warnings }) =>
      state === 'unchanged' ? [] : warnings.map(({ message }) => `warning: ${output}: ${message}`),
    ),
    ...failures.map(
      ({ code, message }) => `error: ${message.includes(file) ? '' : `${file}: `}${message} [${code}]`,
    ),
  ];
}

const MOST_CLIPS = 4;

function inWords({ output, jointCount, clips, bytes }: ConvertReport): string {
  const listed = clips
    .slice(0, MOST_CLIPS)
    .map(
      ({ name, frameCount, rateHz }) =>
        `${name ? `"${name}" ` : ''}${frameCount} frames at ${rateHz.toFixed(3).replace(/\.?0+$/, '')} Hz`,
    );
  const more = clips.length > MOST_CLIPS ? `; and ${clips.length - MOST_CLIPS} more clips` : '';
  return `${output}: ${jointCount} joints, ${listed.join('; ')}${more}, ${bytes} bytes`;
}
