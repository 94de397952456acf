import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { StandInEditor } from '../../src/bridge/index.js';
import { startStandInEditor } from '../../src/pipeline/index.js';

export interface OpenedProject {
  readonly folder: string;
  readonly editor: StandInEditor;
  close(): Promise<void>;
}

/** An Unreal project in a folder with blanks and accents, with a folder `clips`, open in the stand-in editor. */
export async function openProject(name: string, tickHz = 120): Promise<OpenedProject> {
  const folder = mkdtempSync(join(tmpdir(), `gaitway ${name} é `));
  await writeFile(join(folder, 'Game.uproject'), '{"FileVersion":3,"EngineAssociation":"5.4"}');
  await mkdir(join(folder, 'clips'));
  const lines: string[] = [];
  const editor = await startStandInEditor({
    port: 0,
    projectFolder: folder,
    tickHz,
    log: (_, line) => lines.push(line),
  });
  while (!lines.some((line) => line.includes('is ready'))) await pause(20);
  return {
    folder,
    editor,
    async close() {
      await editor.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
