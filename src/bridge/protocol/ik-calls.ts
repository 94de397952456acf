import { z } from 'zod';

const assetPath = z.string().startsWith('/');
const bone = z.string().min(1).max(256);

const Chain = z.strictObject({
  name: z.string().min(1).max(256),
  start: bone,
  end: bone,
  goal: z.string().max(256).describe('empty for none'),
});

const Pair = z.strictObject({
  source: z.string().describe('chain of the source rig; empty for none'),
  target: z.string().min(1).describe('chain of the target rig that follows it'),
});

/** What a written asset remembers, and whether it may replace one that Gaitway did not make. */
const made = {
  path: assetPath,
  contentHash: z.string().min(1),
  sourceName: z.string(),
  force: z.boolean(),
};
const written = z.strictObject({ path: assetPath, created: z.boolean() });

/** IK Rigs and retargeters of Unreal, as chains of bones; and neural networks. */
export const IK_CALLS = {
  ik_rig: {
    about:
      'The mesh, the retarget root and the chains of an IK Rig, each with the bones from its start to its end.',
    repeatable: true,
    takes: z.strictObject({ path: assetPath }),
    gives: z.strictObject({
      path: assetPath,
      mesh: z.string().describe('empty for none'),
      root: z.string().describe('empty for none'),
      chains: z.array(
        z.strictObject({
          name: z.string(),
          start: z.string(),
          end: z.string(),
          goal: z.string(),
          bones: z.array(z.string()).describe('none where the end does not hang below the start'),
        }),
      ),
    }),
  },
  write_ik_rig: {
    about: 'Makes an IK Rig or changes mesh, root and chains of one; its goals and solvers stay.',
    repeatable: true,
    takes: z.strictObject({ ...made, mesh: assetPath, root: bone, chains: z.array(Chain).min(1) }),
    gives: written,
  },
  ik_retargeter: {
    about: 'The two rigs of an IK Retargeter, and which chain of the target follows which of the source.',
    repeatable: true,
    takes: z.strictObject({ path: assetPath }),
    gives: z.strictObject({ path: assetPath, source: z.string(), target: z.string(), pairs: z.array(Pair) }),
  },
  write_ik_retargeter: {
    about:
      'Makes an IK Retargeter between two rigs or changes one; its poses and settings stay. Every chain of the target is named, in order.',
    repeatable: true,
    takes: z.strictObject({ ...made, source: assetPath, target: assetPath, pairs: z.array(Pair).min(1) }),
    gives: written,
  },
  write_neural_model: {
    about: 'Imports an ONNX file as NNEModelData, or again into the one that is there.',
    repeatable: true,
    takes: z.strictObject({
      ...made,
      file: z
        .string()
        .regex(/^[0-9A-Za-z_-]{1,200}\.onnx$/)
        .describe('name of a file in Saved/Gaitway/models of the project'),
    }),
    gives: written,
  },
} as const;
