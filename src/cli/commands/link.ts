import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { LiveLink, listClipFiles, type Project, requireProject } from '../../pipeline/index.js';
import { LibraryFiles, LinkPages, PreviewLibrary, startPreview } from '../../preview/index.js';
import { PROFILE_NAMES } from '../../retarget/index.js';
import type { CliContext } from '../context.js';
import { parseFlags } from '../flags.js';
import { openInBrowser } from '../open-in-browser.js';

const Flags = z.strictObject({
  project: z.string().min(1).optional(),
  port: z.coerce.number('a port number is wanted').int().min(1).max(65535).optional(),
  pagePort: z.coerce.number('a port number is wanted').int().min(0).max(65535).default(0),
  to: z.enum(PROFILE_NAMES, `${PROFILE_NAMES.join(', ')} are wanted`).optional(),
  out: z.string().min(1).optional(),
  mesh: z.string().startsWith('/').default('/Game/Characters/Mannequins/Meshes/SKM_Manny'),
  force: z.boolean().default(false),
  open: z.boolean().default(true),
  json: z.boolean().default(false),
});
type Flags = z.infer<typeof Flags>;

/** `link`: stays connected with the open editor and serves the preview that poses go to and come from, until Ctrl-C. */
export function linkCommand(context: CliContext): Command {
  return new Command('link')
    .summary('stay connected with the open editor: selection, poses both ways, pull, push')
    .description(
      'Connects with the open editor, finds it again when it was closed, and serves the preview page with a panel for it: ' +
        'follow the animation that is selected in the editor, show the page’s pose on a figure in the editor’s level, pull what is ' +
        'selected, push what is on show. Answers the menu Tools → Gaitway of the editor and the right-click menus of its content ' +
        'browser. Runs until Ctrl-C.',
    )
    .argument('[files...]', 'clip files or folders of them for the page')
    .option('--project <path>', 'a folder of the project that is open, instead of this one')
    .option('--port <number>', "the editor's WebSocket port; that of gaitway.json, or 30020")
    .option('--to <skeleton>', 'show clips on a built-in skeleton too, written nowhere: ue5-mannequin, …')
    .option(
      '-o, --out <folder>',
      'folder for what is pulled, which --force lets replace files; Saved/Gaitway/Pulled of the project by default, where files are replaced',
    )
    .option(
      '--mesh <path>',
      'mesh of the figure in the editor, where none is selected there',
      '/Game/Characters/Mannequins/Meshes/SKM_Manny',
    )
    .option('--force', 'write over files that are there, and over animations that Gaitway did not make')
    .option('--page-port <number>', 'port to serve the page on; any free one by default')
    .option('--no-open', 'do not open the browser')
    .option('--json', 'print the address of the page as JSON, for scripts')
    .addHelpText(
      'after',
      '\nExamples:\n  gaitway link\n  gaitway link Retargeted --to ue5-mannequin\n  gaitway link --mesh /Game/Characters/SKM_Hero --out Pulled',
    )
    .action(async (files: string[], raw: unknown) => {
      const flags = parseFlags(Flags, raw);
      await runLink(context, files, flags, requireProject(flags.project ?? process.cwd()));
    });
}

async function runLink(context: CliContext, files: string[], flags: Flags, project: Project): Promise<void> {
  const { signal, note, print } = context;
  const own = join(project.folder, 'Saved', 'Gaitway', 'Pulled');
  const link = new LiveLink({
    project,
    out: flags.out === undefined ? own : resolve(flags.out),
    force: flags.force,
    replacesPulled: flags.out === undefined || flags.force,
    mesh: flags.mesh,
    signal,
    ...(flags.port !== undefined && { port: flags.port }),
  });
  const library = new PreviewLibrary([], flags.to);
  const opened = new LibraryFiles(library, process.cwd());
  const pages = new LinkPages(link);
  const preview = await startPreview({ library, link: pages, port: flags.pagePort, signal });
  const places = new Map<string, number>();
  const show = (): void => {
    if (pages.count === 0 && flags.open && context.interactive) openInBrowser(preview.url, note);
  };
  const stopListening = link.listen({
    notice: (text, isFault) => note(isFault ? `! ${text}` : text),
    pulled: (pulled, isToShow) =>
      void (async () => {
        for (const file of pulled) {
          if (!places.has(file))
            for (const place of (await opened.add(file)).values()) places.set(file, place);
          const place = places.get(file);
          if (isToShow && place !== undefined) pages.choose(place);
        }
        if (isToShow) show();
      })(),
    pushWanted: () => {
      if (pages.count > 0) return;
      note(
        '! The editor asks for a push, but the preview page is not open; open it, choose a clip, and ask again.',
      );
      show();
    },
  });
  try {
    print(flags.json ? JSON.stringify({ url: preview.url }) : preview.url);
    note('Ctrl-C ends the link.');
    if (!flags.json) show();
    const linking = link.run();
    for (const path of await listClipFiles(files.map((file) => resolve(file)))) await opened.add(path);
    for (const { message, code } of library.problems) note(`not shown: ${message} [${code}]`);
    await linking;
  } finally {
    stopListening();
    opened.close();
    await preview.close();
  }
}
