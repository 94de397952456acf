import { connectEditor, type EditorSession, readToken } from '../bridge/index.js';
import { findProject, type Project, requireProject } from './project.js';

/** Which editor to speak to. */
export interface EditorLinkOptions {
  /** Folder that the project is looked for in and above. */
  readonly folder: string;
  /** Overrides the port of `gaitway.json`. */
  readonly port?: number;
}

/** An open session with the editor of a project. */
export interface EditorLink {
  readonly session: EditorSession;
  readonly project: Project;
}

/**
 * Opens a session with the editor that has a project open: its token and port come from the project's folder,
 * and large data goes through it.
 *
 * @throws GaitwayError `project/not-found`, `bridge/no-token`, `bridge/unreachable`, `bridge/bad-token`,
 *   `bridge/plugin-missing`, `bridge/protocol-mismatch`.
 */
export async function openEditorLink({ folder, port }: EditorLinkOptions): Promise<EditorLink> {
  const project = requireProject(folder);
  const session = await connectEditor({
    port: port ?? project.config.editor.port,
    token: () => readToken(project.folder),
    projectFolder: project.folder,
  });
  try {
    await session.hello();
    return { session, project };
  } catch (error) {
    session.close();
    throw error;
  }
}

/** Asks an open editor who it is, in one line; what is wrong is told by the error. */
export async function askEditor(port: number, folder: string): Promise<string> {
  const project = findProject(folder);
  const session = await connectEditor({
    port,
    pluginWaitMs: 3_000,
    ...(project && { token: () => readToken(project.folder) }),
  });
  try {
    const { engine, plugin, project: name } = await session.hello();
    const { missing } = await session.capabilities();
    return [`Unreal ${engine} has ${name} open, plugin ${plugin}`, ...missing].join('; ');
  } finally {
    session.close();
  }
}
