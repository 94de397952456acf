import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import {
  type ListedAnimation,
  listAnimations,
  openFeatureSchema,
  pullStage,
  requireProject,
  saveSchema,
} from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { FORMAT_NAMES, FormatList } from '../format-list.js';
import { makeProgress } from '../progress.js';
import { alignColumns } from '../table.js';

const Flags = z.strictObject({
  out: z.string('a folder is wanted').min(1).optional(),
  list: z.boolean().default(false),
  search: z.string().default(''),
  format: FormatList.prefault('glb'),
  project: z.string().min(1).optional(),
  port: z.coerce.number('a port number is wanted').int().min(1).max(65535).optional(),
  save: z.boolean().default(false),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `pull`: animations of the open editor into files. */
export function pullCommand(context: CliContext): Command {
  return new Command('pull')
    .summary('bring AnimSequences, PoseSearch schemas and IK Rigs of the open editor here as files')
    .description(
      'Read AnimSequences of the open Unreal editor, raw poses on their own skeleton, and write them as files that mirror the ' +
        'content tree: /Game/Motion/Walk becomes OUT/Motion/Walk.glb. A PoseSearchSchema becomes a feature schema in JSON, which ' +
        'build takes; an IK Rig or IK Retargeter a bone map, which retarget takes.',
    )
    .argument(
      '[paths...]',
      'content paths of animations and schemas, or of folders for all animations in them; /Game by default with --list',
    )
    .option('-o, --out <folder>', 'folder for the files')
    .option('--list', 'show which animations there are, with skeleton and length, and pull none')
    .option('--search <words>', 'with --list: only those with all these words in path, skeleton or tags')
    .option('--format <list>', `${FORMAT_NAMES}, or several with commas between`, 'glb')
    .option('--project <folder>', 'a folder of the project that is open, instead of this one')
    .option('--port <number>', "the editor's WebSocket port; that of gaitway.json, or 30020")
    .option('--save', 'write the schema that is pulled into the project’s gaitway.json, too')
    .option('--force', 'replace files that are there')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway pull /Game/Motion/Walk --out clips\n  gaitway pull /Game/Motion --out clips --format bvh,glb --json\n  gaitway pull --list --search "walk SK_Mannequin"',
    )
    .action(async (paths: string[], raw: unknown) => {
      const { json, project, port, out, list, search, format, save, force } = parseFlags(Flags, raw);
      const progress = makeProgress(context, 'pull');
      const editor = {
        folder: project ?? process.cwd(),
        ...(port !== undefined && { port }),
        onNote: progress.note,
      };
      if (list) {
        const animations = await listAnimations({
          ...editor,
          paths: paths.length > 0 ? paths : ['/Game'],
          search,
        });
        context.print(json ? JSON.stringify({ ok: true, animations }, null, 2) : listText(animations));
        return;
      }
      if (paths.length === 0 || out === undefined || search !== '') {
        throw new GaitwayError(
          'cli/usage',
          'Name what to pull and the folder for it with --out, or see what there is with --list.',
        );
      }
      const report = await pullStage({
        ...editor,
        paths,
        out,
        formats: format,
        force,
        signal: context.signal,
        onProgress: progress.update,
      }).finally(() => progress.end());
      if (save) {
        const [schema, another] = report.schemas;
        if (!schema || another) {
          throw new GaitwayError(
            'cli/usage',
            `--save wants one schema to be pulled; there were ${report.schemas.length}.`,
          );
        }
        const file = await saveSchema(
          requireProject(project ?? process.cwd()),
          await openFeatureSchema(schema.file),
        );
        context.note(`wrote ${file}`);
      }
      const ok = report.failed.length === 0;
      if (json) context.print(JSON.stringify({ ok, ...report }, null, 2));
      for (const { asset, frames, files, warnings } of report.pulled) {
        for (const { message, code } of warnings) context.note(`warning: ${message} [${code}]`);
        if (!json) context.print(`${asset}  ${frames} frames → ${files.join(', ')}`);
      }
      for (const { asset, file, warnings } of report.schemas) {
        for (const { message, code } of warnings) context.note(`warning: ${message} [${code}]`);
        if (!json) context.print(`${asset}  schema → ${file}`);
      }
      for (const { asset, file, warnings } of report.boneMaps) {
        for (const { message, code } of warnings) context.note(`warning: ${message} [${code}]`);
        if (!json) context.print(`${asset}  bone map → ${file}`);
      }
      for (const { asset, message, code } of report.failed)
        context.note(`error: ${asset}: ${message} [${code}]`);
      if (!ok) throw new CommandFailed();
    });
}

function listText(animations: readonly ListedAnimation[]): string {
  if (animations.length === 0) return 'There are no such animations.';
  return alignColumns(
    animations.map(({ path, seconds, skeleton }) => [
      path,
      seconds === null ? '' : `${seconds.toFixed(2)} s`,
      skeleton,
    ]),
  );
}
