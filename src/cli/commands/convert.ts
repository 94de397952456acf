import { Command } from 'commander';
import { z } from 'zod';
import { makeRate, type Rate, rateFromHz } from '../../clip/index.js';
import { CLIP_FORMATS, convertFile } from '../../pipeline/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';

const RATE_WANTED = 'frames per second are wanted, such as 30, 29.97 or 30000/1001';

function parseRate(text: string, ctx: z.RefinementCtx): Rate {
  const [, numerator, denominator] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const hz = denominator ? Number(numerator) / Number(denominator) : Number(text);
  if (text.trim() === '' || !(hz > 0 && hz <= 10_000)) {
    ctx.addIssue({ code: 'custom', message: RATE_WANTED });
    return z.NEVER;
  }
  return denominator ? makeRate(Number(numerator), Number(denominator)) : rateFromHz(hz);
}

const Flags = z.strictObject({
  clip: z.string().optional(),
  format: z.enum(CLIP_FORMATS, `one of ${CLIP_FORMATS.join(', ')} is wanted`).optional(),
  rate: z.string().transform(parseRate).optional(),
  order: z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(['XYZ', 'XZY', 'YXZ', 'YZX', 'ZXY', 'ZYX'], 'an order such as ZXY is wanted'))
    .optional(),
  unit: z.string().optional(),
  up: z.enum(['y', 'z'], 'y or z is wanted').optional(),
  outUnit: z.string().optional(),
  axes: z.enum(['unreal', 'y-up'], 'unreal or y-up is wanted').optional(),
  mesh: z.boolean().default(true),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `convert IN OUT`: a file in another format. */
export function convertCommand(context: CliContext): Command {
  return new Command('convert')
    .summary('write an animation file in another format')
    .description(
      'Write an animation file in another format. Places and turns of all joints stay; what the other format cannot hold is told. A GLB or FBX takes all animations of a file, other formats one.',
    )
    .argument('<in>', 'BVH, FBX, GLB, glTF, VRM, VRMA or .gwclip file')
    .argument('<out>', `file to write; its ending tells the format (${CLIP_FORMATS.join(', ')})`)
    .option('--clip <name>', 'which animation: its name, or its number from 0')
    .option('--format <format>', `${CLIP_FORMATS.join(', ')}, whatever the ending says`)
    .option('--rate <hz>', "frames per second to sample at; the clip's own by default")
    .option('--order <order>', 'BVH: order of the rotation channels (ZXY by default)')
    .option('--out-unit <unit>', 'BVH: unit to write (cm by default)')
    .option(
      '--axes <axes>',
      "FBX: unreal (Z up, as Unreal's own exports; the default) or y-up (Maya, Blender)",
    )
    .option('--no-mesh', 'FBX: leave out the tiny skinned mesh that Unreal makes a skeleton from')
    .option(
      '--unit <unit>',
      'unit of an input that states none (m, dm, cm, mm, inch, ft, cmu); guessed by default',
    )
    .option('--up <axis>', 'up axis of an input that states none (y or z); guessed by default')
    .option('--force', 'replace a file that is there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway convert walk.bvh walk.glb\n  gaitway convert moves.glb run.bvh --clip Run --rate 30\n  gaitway convert moves.glb moves.fbx\n  gaitway convert old.bvh new.bvh --order ZYX --unit inch --force',
    )
    .action(async (input: string, output: string, raw: unknown) => {
      const { clip, json, rate, order, outUnit, axes, mesh, unit, up, format, force } = parseFlags(
        Flags,
        raw,
      );
      const report = await convertFile({
        input,
        output,
        force,
        bvh: { ...(order && { order }), ...(outUnit !== undefined && { unit: outUnit }) },
        fbx: { mesh, ...(axes && { axes }) },
        ...(clip !== undefined && { take: clip }),
        ...(rate && { rate }),
        ...(unit !== undefined && { unit }),
        ...(up && { up }),
        ...(format && { format }),
      });
      if (json) {
        context.print(JSON.stringify({ ok: true, ...report }, null, 2));
        return;
      }
      for (const { message } of report.warnings) context.note(`warning: ${message}`);
      for (const guess of report.guesses) context.note(`guess: ${guess}`);
      const clips = report.clips.map(
        ({ name, frameCount, rateHz }) =>
          `${name ? `"${name}" ` : ''}${frameCount} frames at ${rateHz.toFixed(3).replace(/\.?0+$/, '')} Hz`,
      );
      context.print(`${output}: ${report.jointCount} joints, ${clips.join('; ')}, ${report.bytes} bytes`);
    });
}
