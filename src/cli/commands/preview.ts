import { extname, resolve } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { GaitwayError } from '../../errors.js';
import { listClipFiles } from '../../pipeline/index.js';
import { LibraryFiles, PreviewLibrary, startPreview } from '../../preview/index.js';
import { PROFILE_NAMES } from '../../retarget/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { openInBrowser } from '../open-in-browser.js';

const Flags = z.strictObject({
  to: z.enum(PROFILE_NAMES, `${PROFILE_NAMES.join(', ')} are wanted`).optional(),
  port: z.coerce.number().int().min(0).max(65_535).default(0),
  open: z.boolean().default(true),
  json: z.boolean().default(false),
});

/** `preview FILES…`: serves the page with these clips until it is interrupted. */
export function previewCommand(context: CliContext): Command {
  return new Command('preview')
    .summary('see clips in the browser, retargeted ones beside their sources')
    .description(
      'Shows clips in a page on this computer: skeletons, contacts, root path, scores. Runs until Ctrl-C.',
    )
    .argument(
      '<files...>',
      'clip files, folders of them, or the .json report of a retarget; of just two files the first is the source of the second',
    )
    .option('--to <skeleton>', 'show clips on a built-in skeleton too, written nowhere: ue5-mannequin, …')
    .option('--port <n>', 'port to serve on; any free one by default')
    .option('--no-open', 'do not open the browser')
    .option('--json', 'print the address as JSON, for scripts')
    .addHelpText(
      'after',
      `
Examples:
  $ gaitway preview walk.bvh
  $ gaitway preview walk.bvh --to ue5-mannequin  # what a retarget would give
  $ gaitway preview walk.bvh out/walk.glb        # source beside target
  $ gaitway preview out/report.json              # all that a retarget made, beside its sources
  $ gaitway preview out/ --no-open --port 4100`,
    )
    .action(async (files: string[], raw: unknown) => {
      const flags = parseFlags(Flags, raw);
      const paths = await listClipFiles(files.map((file) => resolve(file)));
      const library = new PreviewLibrary([], flags.to);
      const opened = new LibraryFiles(library, process.cwd());
      const preview = await startPreview({ library, port: flags.port, signal: context.signal });
      try {
        let sources: ReadonlyMap<string, number> = new Map();
        for (const [index, path] of paths.entries()) {
          if (context.signal.aborted) break;
          const isFirst = library.items.length === 0;
          if (extname(path).toLowerCase() === '.json') await opened.addReport(path);
          else {
            const isTarget = index === 1 && paths.length === 2;
            sources = await opened.add(path, isTarget ? sources : new Map());
          }
          // The page opens with the first clip that can be read; the others join it.
          if (isFirst && library.items.length > 0) announce(preview.url);
        }
        if (library.items.length === 0) throw nothingToShow(library, files);
        for (const { message, code } of library.problems) context.note(`not shown: ${message} [${code}]`);
        await preview.closed;
      } finally {
        opened.close();
        await preview.close();
      }

      function announce(url: string): void {
        context.print(flags.json ? JSON.stringify({ url }) : url);
        context.note('Ctrl-C ends the preview.');
        if (flags.open && !flags.json && context.interactive) openInBrowser(url, context.note);
      }
    });
}

function nothingToShow({ problems }: PreviewLibrary, files: readonly string[]): GaitwayError {
  const [first] = problems;
  return first === undefined
    ? new GaitwayError('preview/no-clips', `There is no clip file in ${files.join(', ')}.`, { files })
    : new GaitwayError(
        'preview/nothing-readable',
        `None of the ${problems.length} files can be shown. The first fault: ${first.message}`,
        { problems },
      );
}
