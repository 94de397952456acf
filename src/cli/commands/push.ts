import { Command } from 'commander';
import { z } from 'zod';
import { listClipFiles, pushStage } from '../../pipeline/index.js';
import { CommandFailed } from '../command-failed.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { makeProgress } from '../progress.js';

const contentPath = z.string().regex(/^\/[^\s/]/, 'a content path such as /Game/Motion is wanted');
const Flags = z.strictObject({
  to: contentPath.optional(),
  skeleton: contentPath.optional(),
  rootMotion: z.boolean().optional(),
  project: z.string().min(1).optional(),
  port: z.coerce.number('a port number is wanted').int().min(1).max(65535).optional(),
  force: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `push`: clips into the open editor as AnimSequences. */
export function pushCommand(context: CliContext): Command {
  return new Command('push')
    .summary('put clips into the open editor as AnimSequences')
    .description(
      'Write clips that are already on the target skeleton (see retarget) into the open Unreal editor: one AnimSequence each, ' +
        'named after its file, in one undo step, read back, compared and saved.',
    )
    .argument('<clips...>', 'BVH, GLB or .gwclip files, or folders of them')
    .option('--to <folder>', 'content folder, such as /Game/Motion; "content" of gaitway.json by default')
    .option(
      '--skeleton <path>',
      'content path of the skeleton or of a mesh; "skeleton" of gaitway.json by default',
    )
    .option('--root-motion', 'switch root motion on in the assets')
    .option('--no-root-motion', 'switch root motion off; left as it is by default')
    .option('--project <folder>', 'a folder of the project that is open, instead of this one')
    .option('--port <number>', "the editor's WebSocket port; that of gaitway.json, or 30020")
    .option('--force', 'write over animations that Gaitway did not make')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway push retargeted --to /Game/Motion\n  gaitway push walk.glb run.glb --to /Game/Motion --root-motion --json',
    )
    .action(async (inputs: string[], raw: unknown) => {
      const { json, project, ...flags } = parseFlags(Flags, raw);
      const { to, skeleton, rootMotion, port, force } = flags;
      const progress = makeProgress(context, 'push');
      const report = await pushStage({
        folder: project ?? process.cwd(),
        clips: await listClipFiles(inputs),
        force,
        ...(to !== undefined && { to }),
        ...(skeleton !== undefined && { skeleton }),
        ...(rootMotion !== undefined && { rootMotion }),
        ...(port !== undefined && { port }),
        signal: context.signal,
        onProgress: (done, total, what) => progress.update(done, total, what),
      }).finally(() => progress.end());
      const good = report.clips.filter(({ state }) => state === 'ok').length;
      const ok = good === report.clips.length;
      if (json) context.print(JSON.stringify({ ok, ...report }, null, 2));
      for (const { name, target, state, result, error } of report.clips) {
        for (const { message, code } of result?.warnings ?? []) context.note(`warning: ${message} [${code}]`);
        if (error)
          context.note(
            `${state === 'skipped' ? 'skipped' : 'error'}: ${name}: ${error.message} [${error.code}]`,
          );
        if (!json && state === 'ok' && result) context.print(`${name} → ${target}  ${result.keys} keys`);
      }
      if (!json) context.print(`${good} of ${report.clips.length} clips pushed to ${report.skeleton}`);
      if (!ok) throw new CommandFailed();
    });
}
