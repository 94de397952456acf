import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  connectEditor,
  type EditorSession,
  readToken,
  type SessionOptions,
  type StandInEditor,
  type StandInOptions,
  startStandIn,
} from '../../src/bridge/index.js';
import { madeSkeleton } from './made-clip.js';

export const SKELETON = '/Game/Characters/SK_Test';
export const PLUGIN = fileURLToPath(new URL('../../ue-plugin/Gaitway/Content/Python', import.meta.url));

export interface OpenedStandIn {
  readonly editor: StandInEditor;
  readonly projectFolder: string;
  readonly log: string[];
  /** A session that knows the token; data goes in pieces unless `projectFolder` is given. */
  session(options?: SessionOptions): Promise<EditorSession>;
  close(): Promise<void>;
}

/** A stand-in editor on a free port, in a temporary project, ticking fast. */
export async function openStandIn(options: Partial<StandInOptions> = {}): Promise<OpenedStandIn> {
  const projectFolder = options.projectFolder ?? mkdtempSync(join(tmpdir(), 'gaitway project ü '));
  const log: string[] = [];
  const editor = await startStandIn({
    port: 0,
    projectFolder,
    pluginPython: PLUGIN,
    skeletons: [{ path: SKELETON, skeleton: madeSkeleton(), meshes: ['/Game/Characters/SKM_Test'] }],
    tickHz: 200,
    log: (level, line) => log.push(`${level}: ${line}`),
    ...options,
  });
  const sessions: EditorSession[] = [];
  return {
    editor,
    projectFolder,
    log,
    async session(sessionOptions = {}) {
      for (let tries = 0; tries < 100 && !log.some((line) => line.includes('is ready')); tries++)
        await pause(20);
      const token = () => readToken(projectFolder);
      const session = await connectEditor({ port: editor.port, token, ...sessionOptions });
      sessions.push(session);
      return session;
    },
    async close() {
      for (const session of sessions) session.close();
      await editor.close();
      if (options.projectFolder === undefined) await rm(projectFolder, { recursive: true, force: true });
    },
  };
}
