import { z } from 'zod';
import type { CallGives, CallTakes } from '../../bridge/index.js';
import { GaitwayError } from '../../errors.js';
import { openFeatureSchema } from '../feature-schema-file.js';
import { pushSchema } from '../push-schema.js';
import { askProof, PROOF_FOLDER, type ProofContext, type ProofStep } from './proof.js';

const CLIP = `${PROOF_FOLDER}/Short`;
const SCHEMA = 'ue54';
const DATABASE = `${PROOF_FOLDER}/PSD_Proof`;
const BRANCHED = `${PROOF_FOLDER}/PSD_ProofByNotify`;
/** Assets that these proofs may leave, each before what it uses. */
export const DATABASES = [BRANCHED, DATABASE, `${PROOF_FOLDER}/PSS_${SCHEMA}`];

const BranchIn = z.looseObject({ readable: z.boolean(), listed: z.boolean(), text: z.string() });
const ImportText = z.looseObject({ text: z.string(), names: z.boolean() });

async function writeSchema({ session, skeleton }: ProofContext): Promise<string> {
  const { poseSearch } = await session.capabilities();
  if (!poseSearch)
    throw new GaitwayError(
      'bridge/no-pose-search',
      'The plugin "Pose Search" is off; tick it under Edit → Plugins, restart the editor, and prove again.',
    );
  const target = { session, folder: PROOF_FOLDER, skeleton, components: 4, force: true };
  return (await pushSchema(await openFeatureSchema(SCHEMA), SCHEMA, target)).asset;
}

/** A database with Unreal's own defaults. */
async function writeDatabase(
  context: ProofContext,
  path: string,
  animations: readonly string[],
): Promise<CallGives<'write_pose_search_database'>> {
  const database: CallTakes<'write_pose_search_database'>['database'] = {
    schema: await writeSchema(context),
    clips: animations.map((animation) => ({
      animation,
      mirror: 'UnmirroredOnly',
      range: [0, 0],
      loops: false,
    })),
    continuing_pose_cost_bias: -0.01,
    base_cost_bias: 0,
    looping_cost_bias: -0.005,
    exclude_from_database_parameters: [0, -0.3],
    additional_extrapolation_time: [-100, 100],
    pose_search_mode: 'PCAKD_TREE',
    number_of_principal_components: 4,
    kd_tree_max_leaf_size: 16,
    kd_tree_query_num_neighbors: 200,
  };
  return context.session.call(
    'write_pose_search_database',
    { path, database, contentHash: 'proof', sourceName: 'proof', force: true },
    { purpose: `making ${path}` },
  );
}

/** Whether PoseSearch assets can be made from outside. */
export const DATABASE_PROOFS: readonly ProofStep[] = [
  {
    id: 'import-text',
    assumed: 'An entry of a database can be made out of text (InstancedStruct.import_text).',
    done: 'Made one that names an animation, and wrote it as text again.',
    run: async (context) => {
      const { text, names } = ImportText.parse(await askProof(context, 'import-text', { asset: CLIP }));
      return { seen: text === '' ? 'It came back empty.' : text, isProven: names, data: { text } };
    },
  },
  {
    id: 'schema',
    assumed: 'A PoseSearchSchema can be made, its channels set, read back and saved.',
    done: 'Wrote the channels of Unreal’s own default schema.',
    run: async (context) => {
      const asset = await writeSchema(context).catch(readBackDiffers);
      return typeof asset === 'string'
        ? { seen: `${asset} reads back as it was written.`, isProven: true }
        : asset;
    },
  },
  {
    id: 'database',
    assumed: 'A PoseSearchDatabase takes a list of such entries (animation_assets), and gives it back.',
    done: 'Made a database of one animation, read it back, and saved it.',
    run: async (context) => {
      const given = await writeDatabase(context, DATABASE, [CLIP]).catch(readBackDiffers);
      if ('seen' in given) return given;
      return {
        seen: `${given.path} lists ${given.clips} animation.`,
        isProven: true,
      };
    },
  },
  {
    id: 'branch-in',
    assumed:
      'A notify "Branch In" on an animation puts it into the database that it names, where scripts may not set the list.',
    done: 'Made an empty database, marked an animation for it, saved both, and read the list.',
    run: async (context) => {
      await writeDatabase(context, BRANCHED, []);
      const { readable, listed, text } = BranchIn.parse(
        await askProof(context, 'branch-in', { asset: BRANCHED, clip: CLIP }),
      );
      if (!readable)
        throw new GaitwayError(
          'bridge/database-list-closed',
          'Scripts may not read the list here, so only eyes can tell: push a motion database and open it in the editor.',
        );
      return {
        seen: listed ? `The database lists it: ${text}` : 'The database is still empty.',
        isProven: listed,
      };
    },
  },
];

/** A read-back that differs, or a list that is closed, is an answer and no hindrance. */
function readBackDiffers(error: unknown): { seen: string; isProven: boolean; data: unknown } {
  const answers = ['bridge/read-back-differs', 'bridge/database-list-closed'];
  if (!(error instanceof GaitwayError && answers.includes(error.code))) throw error;
  return { seen: error.message, isProven: false, data: error.data };
}
