import { extname } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import {
  listClipFiles,
  type PushModelsReport,
  type PushStageReport,
  pushModelsStage,
  pushStage,
} from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { makeProgress } from '../progress.js';

const contentPath = z.string().regex(/^\/[^\s/]/, 'a content path such as /Game/Motion is wanted');
const Flags = z.strictObject({
  to: contentPath.optional(),
  skeleton: contentPath.optional(),
  rootMotion: z.boolean().optional(),
  keepRate: z.boolean().default(false),
  schema: z.string().min(1).optional(),
  mirrorTable: contentPath.optional(),
  mesh: contentPath.optional(),
  sourceMesh: contentPath.optional(),
  normalizationSet: z.string().min(1).max(100).optional(),
  components: z.coerce.number('a whole number is wanted').int().min(1).max(64).default(4),
  project: z.string().min(1).optional(),
  port: z.coerce.number('a port number is wanted').int().min(1).max(65535).optional(),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `push`: clips into the open editor as AnimSequences, schemas and databases as PoseSearch assets. */
export function pushCommand(context: CliContext): Command {
  return new Command('push')
    .summary('put clips and motion databases into the open editor as assets')
    .description(
      'Write clips that are already on the target skeleton (see retarget) into the open Unreal editor: one AnimSequence each, ' +
        'named after its file, in one undo step, read back, compared and saved. A motion database (.gwdb) becomes a ' +
        'PoseSearchSchema PSS_… and a PoseSearchDatabase PSD_… of its clips, which are pushed with it or were before. A bone map ' +
        '(.json) becomes an IK Rig IKR_… for --mesh, with --source-mesh another and an IK Retargeter RTG_…; an ONNX file ' +
        'becomes a model for NNE.',
    )
    .argument(
      '[inputs...]',
      'BVH, FBX, GLB or .gwclip files, folders of them, .gwdb databases, .json bone maps, .onnx files',
    )
    .option('--to <folder>', 'content folder, such as /Game/Motion; "content" of gaitway.json by default')
    .option(
      '--skeleton <path>',
      'content path of the skeleton or of a mesh; "skeleton" of gaitway.json by default',
    )
    .option('--schema <name>', 'push this feature schema too: holden, hand-made, ue54, or a JSON file')
    .option('--mirror-table <path>', 'content path of the mirror table for mirrored clips of a database')
    .option(
      '--normalization-set <name>',
      'make the costs of the databases comparable by a set PSN_<name> of them',
    )
    .option('--mesh <path>', "content path of the mesh that a bone map's target is")
    .option('--source-mesh <path>', "content path of the mesh that a bone map's source is")
    .option('--components <count>', 'principal components that Unreal’s search of a database keeps', '4')
    .option('--root-motion', 'switch root motion on in the assets')
    .option('--no-root-motion', 'switch root motion off; left as it is by default')
    .option(
      '--keep-rate',
      'write 24, 25 and 50 frames a second as they are where the engine lets it; resampled by default',
    )
    .option('--project <folder>', 'a folder of the project that is open, instead of this one')
    .option('--port <number>', "the editor's WebSocket port; that of gaitway.json, or 30020")
    .option('--force', 'write over animations that Gaitway did not make')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway push retargeted --to /Game/Motion\n  gaitway push walk.glb run.glb --to /Game/Motion --root-motion --json\n  gaitway push retargeted motion.gwdb --to /Game/Motion --components 8',
    )
    .action(async (inputs: string[], raw: unknown) => {
      const { json, project, ...flags } = parseFlags(Flags, raw);
      const {
        to,
        skeleton,
        rootMotion,
        keepRate,
        port,
        force,
        schema,
        mirrorTable,
        mesh,
        sourceMesh,
        normalizationSet,
        components,
      } = flags;
      const ending = (...endings: string[]) =>
        inputs.filter((input) => endings.includes(extname(input).toLowerCase()));
      const [databases, boneMaps, models] = [ending('.gwdb'), ending('.json'), ending('.onnx')];
      const clips = inputs.filter((input) => ![...databases, ...boneMaps, ...models].includes(input));
      if (inputs.length === 0 && schema === undefined) {
        throw new GaitwayError(
          'cli/usage',
          'Name clips or databases to push, or a feature schema with --schema.',
        );
      }
      const progress = makeProgress(context, 'push');
      const editor = {
        folder: project ?? process.cwd(),
        force,
        onNote: progress.note,
        ...(to !== undefined && { to }),
        ...(port !== undefined && { port }),
      };
      const motion =
        clips.length + databases.length === 0 && schema === undefined
          ? NOTHING
          : await pushStage({
              ...editor,
              clips: await listClipFiles(clips),
              databases,
              schemas: schema === undefined ? [] : [schema],
              components,
              keepRate,
              ...(mirrorTable !== undefined && { mirrorTable }),
              ...(normalizationSet !== undefined && { normalizationSet }),
              ...(skeleton !== undefined && { skeleton }),
              ...(rootMotion !== undefined && { rootMotion }),
              signal: context.signal,
              onProgress: progress.update,
            }).finally(() => progress.end());
      const others =
        boneMaps.length + models.length === 0
          ? { rigs: [], models: [] }
          : await pushModelsStage({
              ...editor,
              boneMaps,
              models,
              ...(mesh !== undefined && { mesh }),
              ...(sourceMesh !== undefined && { sourceMesh }),
            });
      const report = { ...motion, ...others };
      const outcomes = [
        ...report.clips,
        ...report.schemas,
        ...report.databases,
        ...report.normalizationSets,
        ...report.rigs,
        ...report.models,
      ];
      const ok = outcomes.every(({ state }) => state === 'ok');
      if (json) context.print(JSON.stringify({ ok, ...report }, null, 2));
      for (const { name, state, result, error } of outcomes) {
        for (const { message, code } of result?.warnings ?? []) context.note(`warning: ${message} [${code}]`);
        if (error)
          context.note(
            `${state === 'skipped' ? 'skipped' : 'error'}: ${name}: ${error.message} [${error.code}]`,
          );
      }
      if (!json) printOutcomes(context, report);
      if (!ok) throw new CommandFailed();
    });
}

const NOTHING: PushStageReport = {
  skeleton: '',
  clips: [],
  schemas: [],
  databases: [],
  normalizationSets: [],
};

function printOutcomes(
  context: CliContext,
  {
    skeleton,
    clips,
    schemas,
    databases,
    normalizationSets,
    rigs,
    models,
  }: PushStageReport & PushModelsReport,
): void {
  for (const { name, target, result } of clips)
    if (result) context.print(`${name} → ${target}  ${result.keys} keys`);
  for (const { name, result } of schemas)
    if (result) context.print(`${name} → ${result.asset}  ${result.channels} channels`);
  for (const { name, result } of databases)
    if (result) context.print(`${name} → ${result.asset}  ${result.clips} clips, ${result.schema}`);
  for (const { name, result } of normalizationSets) if (result) context.print(`${name} → ${result.asset}`);
  for (const { name, result } of rigs) {
    const made = [...(result?.rigs ?? []), ...(result?.retargeter ? [result.retargeter] : [])];
    if (result) context.print(`${name} → ${made.join(', ')}  ${result.chains} chains`);
  }
  for (const { name, result } of models) if (result) context.print(`${name} → ${result.asset}`);
  const count = (outcomes: readonly { readonly state: string }[]): string =>
    `${outcomes.filter(({ state }) => state === 'ok').length} of ${outcomes.length}`;
  if (clips.length > 0) context.print(`${count(clips)} clips pushed to ${skeleton}`);
}
