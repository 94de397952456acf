import { basename, extname, join } from 'node:path';
import { type EditorSession, type PushOutcome, pushEach } from '../bridge/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import { sha256 } from '../math/sha256.js';
import { parseBoneMap } from '../retarget/index.js';
import { type EditorLinkOptions, openEditorLink } from './editor-link.js';
import { type PushedRigs, pushBoneMap } from './ik-rigs/push-bone-map.js';
import { nameAsset } from './name-asset.js';
import { readBytes, readText } from './read-file.js';
import { writeFileAtomic } from './write-file.js';

export interface PushModelsRequest extends EditorLinkOptions {
  /** Bone map files, which become IK Rigs. */
  readonly boneMaps: readonly string[];
  /** ONNX files, which become models of Unreal's neural network engine. */
  readonly models: readonly string[];
  /** Content folder; `content` of `gaitway.json` by default. */
  readonly to?: string;
  /** Content path of the mesh that the target of the maps is; needed for maps. */
  readonly mesh?: string;
  /** Content path of the mesh that the source of the maps is. */
  readonly sourceMesh?: string;
  readonly force: boolean;
}

export interface PushedModel {
  readonly asset: string;
  readonly created: boolean;
  readonly warnings: readonly Warning[];
}

export interface PushModelsReport {
  readonly rigs: readonly PushOutcome<PushedRigs>[];
  readonly models: readonly PushOutcome<PushedModel>[];
}

/**
 * Pushes bone maps into the open editor as IK Rigs, with a retargeter where both meshes are named, and ONNX files as models.
 *
 * What fails does not stop the rest; how each ended is in the report.
 *
 * @throws GaitwayError `cli/usage` where there are maps and no mesh, and what `openEditorLink` throws.
 */
export async function pushModelsStage(request: PushModelsRequest): Promise<PushModelsReport> {
  const { mesh, sourceMesh, force } = request;
  if (request.boneMaps.length > 0 && mesh === undefined) {
    throw new GaitwayError(
      'cli/usage',
      `An IK Rig is made for a mesh of the project; name that of the bone map's target with --mesh.`,
    );
  }
  const { session, project } = await openEditorLink(request);
  try {
    const folder = (request.to ?? project.config.content).replace(/\/+$/, '');
    const into = (names: readonly string[]) => names.map((name) => ({ name, target: folder }));
    return {
      rigs: await pushEach(into(request.boneMaps), async ({ name: file }) =>
        pushBoneMap(parseBoneMap(await readText(file), file), basename(file, extname(file)), {
          session,
          folder,
          mesh: mesh ?? '',
          ...(sourceMesh !== undefined && { sourceMesh }),
          force,
        }),
      ),
      models: await pushEach(into(request.models), ({ name: file }) =>
        pushModel(session, project.folder, file, folder, force),
      ),
    };
  } finally {
    session.close();
  }
}

/** The file is kept in the project's `Saved/Gaitway/models`, from where the editor can import it again. */
async function pushModel(
  session: EditorSession,
  projectFolder: string,
  file: string,
  folder: string,
  force: boolean,
): Promise<PushedModel> {
  const { asset, told } = nameAsset(file);
  const bytes = await readBytes(file);
  const name = `${asset.replace(/[^0-9A-Za-z_-]/g, '_')}.onnx`;
  await writeFileAtomic(join(projectFolder, 'Saved/Gaitway/models', name), bytes, { force: true });
  const path = `${folder}/${asset}`;
  const { created } = await session.call(
    'write_neural_model',
    { path, file: name, contentHash: sha256(bytes), sourceName: basename(file), force },
    { purpose: `pushing ${file} to ${path}` },
  );
  return { asset: path, created, warnings: told };
}
