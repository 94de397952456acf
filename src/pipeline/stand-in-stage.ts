import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Chaos,
  type EditorLog,
  type StandInEditor,
  type StandInSkeleton,
  startStandIn,
} from '../bridge/index.js';
import { type ProfileName, targetProfile } from '../retarget/index.js';
import { shippedPluginFolder } from './plugin-folder.js';

/** Where the engine's own content has these skeletons. */
const CONTENT: Readonly<Record<ProfileName, { readonly path: string; readonly meshes: readonly string[] }>> =
  {
    'ue5-mannequin': {
      path: '/Game/Characters/Mannequins/Meshes/SK_Mannequin',
      meshes: [
        '/Game/Characters/Mannequins/Meshes/SKM_Manny',
        '/Game/Characters/Mannequins/Meshes/SKM_Quinn',
      ],
    },
    'ue4-mannequin': {
      path: '/Game/Mannequin/Character/Mesh/UE4_Mannequin_Skeleton',
      meshes: ['/Game/Mannequin/Character/Mesh/SK_Mannequin'],
    },
    metahuman: {
      path: '/Game/MetaHumans/Common/Female/Medium/NormalWeight/Body/metahuman_base_skel',
      meshes: [],
    },
  };

export interface StandInRequest {
  readonly port: number;
  readonly projectFolder: string;
  readonly tickHz: number;
  readonly python?: string;
  /** What goes wrong on its own. */
  readonly chaos?: Chaos;
  readonly log?: EditorLog;
}

/**
 * Starts the stand-in editor with the engine's mannequins as content.
 *
 * It runs the project's own copy of the plugin where there is one, as an editor would, else the one that ships
 * with Gaitway.
 *
 * @throws GaitwayError `bridge/port-taken`, `bridge/no-python`.
 */
export async function startStandInEditor(request: StandInRequest): Promise<StandInEditor> {
  const own = join(request.projectFolder, 'Plugins', 'Gaitway');
  const plugin = existsSync(join(own, 'Gaitway.uplugin')) ? own : shippedPluginFolder();
  const skeletons = Object.entries(CONTENT).map(
    ([profile, { path, meshes }]): StandInSkeleton => ({ path, meshes, skeleton: targetProfile(profile) }),
  );
  return startStandIn({ ...request, pluginPython: join(plugin, 'Content', 'Python'), skeletons });
}
