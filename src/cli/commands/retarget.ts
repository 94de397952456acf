import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import {
  findProject,
  type RetargetedClip,
  type RetargetedFile,
  readBoneMap,
  reportAsHtml,
  reportAsJson,
  retargetStage,
  writeFileAtomic,
} from '../../pipeline/index.js';
import { HAND_WISHES, QUALITIES, ROOT_MODES, SOLE_MODES, STRETCH_CHAINS } from '../../retarget/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { FORMAT_NAMES, FormatList } from '../format-list.js';
import { nameList } from '../name-list.js';
import { makeProgress } from '../progress.js';
import { Root } from '../root-modes.js';
import { Scale } from '../scale.js';
import { Travel } from '../travel.js';

const Flags = z.strictObject({
  to: z.string().min(1).optional(),
  out: z.string().min(1).optional(),
  format: FormatList.prefault('glb'),
  clip: z.string().optional(),
  map: z.string().min(1).optional(),
  sourcePose: z.string().min(1).optional(),
  targetPose: z.string().min(1).optional(),
  contacts: z.boolean().default(true),
  quality: z.enum(QUALITIES, `${QUALITIES.join(' or ')} is wanted`).default('high'),
  soles: z.enum(SOLE_MODES, `${SOLE_MODES.join(', ')} is wanted`).default('auto'),
  hands: nameList(HAND_WISHES).optional(),
  footCurves: z.boolean().default(false),
  mirror: z.boolean().default(false),
  root: Root.prefault('from-pelvis'),
  inPlace: z.boolean().default(false),
  travel: Travel.default('scaled'),
  stretch: nameList(STRETCH_CHAINS).optional(),
  rate: z.coerce.number('frames per second are wanted').positive().max(1000).optional(),
  unit: z.string().optional(),
  up: z.enum(['y', 'z'], 'y or z is wanted').optional(),
  scale: Scale.optional(),
  toUnit: z.string().optional(),
  trimCalibration: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  jobs: z.coerce.number('a number of threads is wanted').int().min(1).max(256).optional(),
  force: z.boolean().default(false),
  report: z
    .string()
    .regex(/\.(json|html)$/i, 'a file that ends in .json or .html is wanted')
    .optional(),
  json: z.boolean().default(false),
});

/** `retarget`: clips onto another skeleton, one or thousands. */
export function retargetCommand(context: CliContext): Command {
  return new Command('retarget')
    .summary('carry clips onto another skeleton')
    .description(
      'Carry clips onto another skeleton, feet planted and hips scaled. Folders are searched; a file with several takes gives a folder of its name. What is there already, made from the same input with the same settings, is left as it is.',
    )
    .argument(
      '[inputs...]',
      'BVH, FBX, glTF, VRM, VRMA or .gwclip files, or folders of them; "clips" of gaitway.json by default',
    )
    .option(
      '--to <target>',
      'a built-in skeleton (ue5-mannequin, ue4-mannequin, metahuman) or a file with one; "target" of gaitway.json by default',
    )
    .option(
      '-o, --out <folder>',
      'folder for the results, folders below the inputs are kept; "out" of gaitway.json by default',
    )
    .option('--format <formats>', `${FORMAT_NAMES}, or several with commas between`, 'glb')
    .option('--clip <name>', 'one take: its name, or its number from 0; all by default')
    .option('--map <file>', 'a bone map, as `gaitway map --out` writes it')
    .option(
      '--source-pose <pose>',
      'a pose in which the source stands: rest, zero, a frame of the clip (12f), another take, or a file; found by default',
    )
    .option(
      '--target-pose <pose>',
      'a pose in which the target stands alike: rest, zero, a take, or a file; found by default',
    )
    .option('--no-contacts', 'do not hold the feet: no contacts, no inverse kinematics for them')
    .option(
      '--quality <quality>',
      'high solves legs and hands over the whole clip at once; fast goes frame by frame',
      'high',
    )
    .option(
      '--soles <how>',
      "flat turns feet so that flat soles are flat, source lets them point as the source's, auto does as much as is sure",
      'auto',
    )
    .option(
      '--hands <what>',
      'what hands keep besides the direction of their arms: floor (their place on it), prop (their place to each other), body (their place to hips, chest, head); several with commas between',
    )
    .option(
      '--foot-curves',
      'add curves by which Unreal plants feet: FootContact_L/R (0 or 1) and FootSpeed_L/R (cm/s)',
    )
    .option('--mirror', 'carry the mirror image over, left for right; written as NAME_mirrored')
    .option(
      '--root <mode>',
      "the joint at the floor: from-pelvis walks under the body, keep takes the source's, in-place stays; or its parts apart: position=, height=, yaw= from-body, keep, still or in-place",
      'from-pelvis',
    )
    .option('--in-place', 'the same as --root in-place')
    .option(
      '--travel <scale>',
      "ways along the floor: scaled by leg length, 1:1 as the source's, or so many times as far (1.2); feet step as far as the body goes",
      'scaled',
    )
    .option(
      '--stretch <chains>',
      "chains whose joints move away from each other as the source's do (spine, neck, arms, fingers, legs); joints keep their distances by default",
    )
    .option('--rate <hz>', "frames per second; each clip's own by default")
    .option(
      '--unit <unit>',
      'unit of inputs that state none (m, dm, cm, mm, inch, ft, cmu); guessed by default',
    )
    .option('--up <axis>', 'up axis of inputs that state none (y or z); guessed by default')
    .option('--scale <factor>', 'multiply all lengths of inputs that state another unit than they use (0.01)')
    .option('--to-unit <unit>', 'unit of a target file that states none; guessed by default')
    .option('--trim-calibration', 'leave out a T-pose at the start of a clip')
    .option('--dry-run', 'measure and report, write nothing')
    .option('--jobs <n>', 'threads; as many as there are processors by default')
    .option('--force', 'replace results that are there')
    .option('--report <file>', 'write what was measured to a .json or .html file')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway retarget\n  gaitway retarget walk.bvh --to ue5-mannequin --out out\n  gaitway retarget library --to ue5-mannequin --out out --format bvh,glb --report out/report.html\n  gaitway retarget dance.bvh --to hero.glb --out out --map dance-to-hero.json --root in-place',
    )
    .action(async (given: string[], raw: unknown) => {
      const flags = parseFlags(Flags, raw);
      const { inputs, to, out } = withProjectDefaults({
        inputs: given,
        to: flags.to,
        out: flags.out,
      });
      const progress = makeProgress(context, 'retarget');
      const lines: string[] = [];
      const batch = await retargetStage({
        inputs,
        out,
        settings: {
          target: to,
          formats: flags.format,
          contacts: flags.contacts,
          quality: flags.quality,
          soles: flags.soles,
          hands: flags.hands ?? [],
          footCurves: flags.footCurves,
          mirror: flags.mirror,
          root: flags.inPlace ? ROOT_MODES['in-place'] : flags.root,
          travel: flags.travel,
          stretch: flags.stretch ?? [],
          trimCalibration: flags.trimCalibration,
          ...(flags.clip !== undefined && { clip: flags.clip }),
          ...(flags.map !== undefined && { map: await readBoneMap(flags.map) }),
          ...(flags.sourcePose !== undefined && { sourcePose: flags.sourcePose }),
          ...(flags.targetPose !== undefined && { targetPose: flags.targetPose }),
          ...(flags.rate !== undefined && { rateHz: flags.rate }),
          ...(flags.unit !== undefined && { unit: flags.unit }),
          ...(flags.up && { up: flags.up }),
          ...(flags.scale !== undefined && { scale: flags.scale }),
          ...(flags.toUnit !== undefined && { targetUnit: flags.toUnit }),
        },
        force: flags.force,
        dryRun: flags.dryRun,
        jobs: flags.jobs ?? availableParallelism(),
        signal: context.signal,
        onFile: (file, count, total) => {
          if (flags.json) progress.update(count, total, file.file);
          else for (const line of linesOf(file)) context.note(line);
        },
      }).finally(() => progress.end());
      if (flags.report !== undefined) {
        const isHtml = extname(flags.report).toLowerCase() === '.html';
        await writeFileAtomic(flags.report, isHtml ? reportAsHtml(batch, to) : reportAsJson(batch), {
          force: flags.force,
        });
        lines.push(`report written to ${flags.report}`);
      }
      const { done, unchanged, failed, cancelled } = batch.counts;
      if (flags.json) context.print(reportAsJson(batch));
      else {
        context.print(
          [
            `${done} files retargeted to ${to}${flags.dryRun ? ' (nothing was written)' : `, in ${out}`}`,
            ...(unchanged > 0 ? [`${unchanged} unchanged`] : []),
            ...(failed > 0 ? [`${failed} failed`] : []),
            ...(cancelled > 0 ? [`${cancelled} not begun`] : []),
          ].join('; '),
        );
        for (const line of lines) context.note(line);
      }
      if (batch.files.length === 0) {
        throw new GaitwayError(
          'retarget/no-input',
          `No animation files were found in ${inputs.join(', ')}.`,
          { inputs },
        );
      }
      if (failed + cancelled > 0) throw new CommandFailed();
    });
}

interface Places {
  readonly inputs: readonly string[];
  readonly to: string;
  readonly out: string;
}

/**
 * What was not said is taken from the project around the working folder.
 *
 * @throws GaitwayError `cli/usage` naming what is missing, outside of a project.
 */
function withProjectDefaults({
  inputs,
  to,
  out,
}: {
  inputs: readonly string[];
  to: string | undefined;
  out: string | undefined;
}): Places {
  if (inputs.length > 0 && to !== undefined && out !== undefined) return { inputs, to, out };
  const project = findProject(process.cwd());
  if (!project) {
    const missing = [
      ...(inputs.length > 0 ? [] : ['the clips']),
      ...(to ? [] : ['--to']),
      ...(out ? [] : ['--out']),
    ];
    throw new GaitwayError(
      'cli/usage',
      `Say ${missing.join(' and ')}: this folder lies in no Unreal project whose gaitway.json could tell.`,
      { missing },
    );
  }
  const { folder, config } = project;
  // A profile is a name, a file is a place in the project.
  const target = existsSync(join(folder, config.target)) ? join(folder, config.target) : config.target;
  return {
    inputs: inputs.length > 0 ? inputs : config.clips.map((clips) => join(folder, clips)),
    to: to ?? target,
    out: out ?? join(folder, config.out),
  };
}

/** What is told of a file: a line a clip, a line a failure. */
function linesOf({ file, family, state, clips, failures }: RetargetedFile): string[] {
  return [
    ...clips.map(
      (clip) =>
        `${file}${clips.length > 1 ? ` "${clip.take}"` : ''}: ${state === 'unchanged' ? 'unchanged, ' : ''}${inWords(clip, family)}`,
    ),
    ...failures.map(
      ({ code, message }) => `error: ${message.includes(file) ? '' : `${file}: `}${message} [${code}]`,
    ),
  ];
}

function inWords(clip: RetargetedClip, family: string): string {
  const { frameCount, calibration, leftOut, quality, warnings } = clip;
  const { slideSourceCmPerSecond: before, slideCmPerSecond: after } = quality;
  const slide =
    before === undefined || after === undefined
      ? 'no foot stands'
      : `feet slide ${before.toFixed(1)} > ${after.toFixed(1)} cm/s`;
  const part = leftOut.find((name) => name === 'lower' || name === 'upper');
  const which = part ? `, without ${part} body` : '';
  const told = warnings.length === 0 ? '' : `; ${warnings.map(({ message }) => message).join(' ')}`;
  return `${frameCount} frames${which}, ${family}, calibrated by up to ${calibration.largestDegrees.toFixed(0)}°, ${slide}${told}`;
}
