import { connectEditor, type EditorSession, type EditorState, readToken } from '../bridge/index.js';
import { type Project, requireProject } from './project.js';

/** Which editor to speak to. */
export interface EditorLinkOptions {
  /** Folder that the project is looked for in and above. */
  readonly folder: string;
  /** Overrides the port of `gaitway.json`. */
  readonly port?: number;
  /** Told in a sentence when the editor falls silent, and when it answers again. */
  readonly onNote?: (text: string) => void;
}

/** What to tell somebody who waits for an editor. */
export const editorStateText = (state: EditorState): string =>
  state === 'busy'
    ? 'The editor has not answered for some seconds, but it is there: it saves, compiles shaders or shows a dialog. Waiting for it …'
    : 'The editor answers again.';

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
export async function openEditorLink({ folder, port, onNote }: EditorLinkOptions): Promise<EditorLink> {
  const project = requireProject(folder);
  const session = await connectEditor({
    port: port ?? project.config.editor.port,
    token: () => readToken(project.folder),
    projectFolder: project.folder,
    onState: (state) => onNote?.(editorStateText(state)),
  });
  try {
    await session.hello();
    return { session, project };
  } catch (error) {
    session.close();
    throw error;
  }
}
