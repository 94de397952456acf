import { z } from 'zod';
import { previewPoseData, pullClip, pushClip } from '../../bridge/index.js';
import { type Clip, makeRate, restWorldPose } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { angleBetween, quatAt } from '../../math/quat.js';
import { askProof, PROOF_FOLDER, type ProofContext, type ProofStep } from './proof.js';
import { swingingClip } from './swinging-clip.js';

const SHORT = `${PROOF_FOLDER}/Short`;
const LONG = `${PROOF_FOLDER}/Long`;
/** Assets that these proofs may leave. */
export const ANIMATIONS = [SHORT, LONG, `${PROOF_FOLDER}/Trial`];

const MOST_CM = 1e-3;
const MOST_DEG = 0.01;
/** Poses that are asked for at once: the editor stands still meanwhile. */
const PIECE = 20;

const FrameRates = z.looseObject({
  tried: z.array(z.looseObject({ over: z.array(z.number()), to: z.number(), told: z.string() })),
});
const MissingBone = z.looseObject({
  added: z.boolean().nullable(),
  taken: z.boolean().nullable(),
  raised: z.string(),
});
const PoseText = z.looseObject({
  bones: z.number(),
  read: z.number(),
  evaluateSeconds: z.number(),
  exportSeconds: z.number(),
  begin: z.string(),
});
const Names = z.looseObject({ missing: z.array(z.string()), signatures: z.record(z.string(), z.string()) });

function push({ session, skeleton, defaultRate, signal }: ProofContext, clip: Clip, asset: string) {
  return pushClip(session, { clip, asset, skeleton, defaultRate, force: true, ...(signal && { signal }) });
}

/** What Python finds, and how animations are written and read. */
export const ANIMATION_PROOFS: readonly ProofStep[] = [
  {
    id: 'names',
    assumed: 'Every name of the engine that the plugin uses is there.',
    done: 'Looked each of them up in this editor, with the first line of its description.',
    run: async (context) => {
      const { missing, signatures } = Names.parse(await askProof(context, 'names'));
      const found = Object.keys(signatures).length;
      return {
        seen:
          missing.length === 0
            ? `All ${found} are there.`
            : `${found} are there, these not: ${missing.join(', ')}.`,
        // These came or went with versions, and the plugin looks before it uses them.
        isProven: missing.every((name) =>
          /^(SkeletonModifier|AnimNotifyState_PoseSearchBranchIn|PoseSearchDatabase)/.test(name),
        ),
        data: { missing, signatures },
      };
    },
  },
  {
    id: 'missing-bone',
    assumed: 'Keys for a bone that is not there are refused with False, and nothing else.',
    done: 'Gave a new animation keys for a bone that no skeleton has.',
    run: async (context) => {
      const { added, taken, raised } = MissingBone.parse(await askProof(context, 'missing-bone'));
      return {
        seen: `add_bone_curve gave ${added}, set_bone_track_keys gave ${taken}${raised ? `, and there was an error: ${raised}` : ''}.`,
        isProven: raised === '' && taken === false,
      };
    },
  },
  {
    id: 'frame-rate',
    assumed: '30 frames a second cannot become 24 at once, but over 120; nor 25, but over 150.',
    done: 'Made new animations and changed their rates so.',
    run: async (context) => {
      const { tried } = FrameRates.parse(await askProof(context, 'frame-rate'));
      const [direct, ...over] = tried;
      return {
        seen: tried
          .map(
            ({ over: rates, to, told }) =>
              `over ${rates.join(', ')}: ended at ${to}${told ? ` (${told})` : ''}`,
          )
          .join('; '),
        isProven:
          direct?.told !== '' &&
          over.every(({ over: rates, to, told }) => told === '' && to === rates.at(-1)),
        data: tried,
      };
    },
  },
  {
    id: 'read-back',
    assumed: `What is pushed comes back within ${MOST_CM} cm and ${MOST_DEG}°, with one key more than frames.`,
    done: 'Pushed a second of every bone turning at random, pulled it, and compared every key.',
    run: async (context) => {
      const clip = swingingClip(context.skeleton.skeleton, 31, makeRate(30));
      const { keys } = await push(context, clip, SHORT);
      const { clip: back } = await pullClip(context.session, SHORT);
      const { cm, deg } = furthest(clip, back);
      return {
        seen: `${keys} keys for ${clip.frameCount} poses; at most ${cm.toExponential(1)} cm and ${deg.toExponential(1)}° away.`,
        isProven: keys === clip.frameCount && back.frameCount === keys && cm <= MOST_CM && deg <= MOST_DEG,
        data: { cm, deg },
      };
    },
  },
  {
    id: 'pose-text',
    assumed: 'The text of a pose holds every bone, and reading an animation takes milliseconds a key.',
    done: 'Pushed a long animation and timed evaluating each pose and writing it as text.',
    run: async (context) => {
      const { frames } = context;
      await push(context, swingingClip(context.skeleton.skeleton, frames, makeRate(30)), LONG);
      let [evaluate, text] = [0, 0];
      let last = PoseText.parse(await askProof(context, 'pose-text', { asset: LONG, count: 1 }));
      for (let first = 0; first < frames; first += PIECE) {
        const count = Math.min(PIECE, frames - first);
        last = PoseText.parse(await askProof(context, 'pose-text', { asset: LONG, first, count }));
        evaluate += last.evaluateSeconds;
        text += last.exportSeconds;
      }
      const each = (seconds: number): string => `${((1000 * seconds) / frames).toFixed(2)} ms`;
      return {
        seen: `${last.read} of ${last.bones} bones; a key takes ${each(evaluate)} to evaluate and ${each(text)} to write, ${frames} keys ${(evaluate + text).toFixed(1)} s. It begins ${last.begin.slice(0, 160)}`,
        isProven: last.read === last.bones,
        data: { frames, evaluateSeconds: evaluate, exportSeconds: text, begin: last.begin },
      };
    },
  },
  {
    id: 'figure',
    assumed: 'A mesh in the level takes poses from outside.',
    done: 'Put a figure into the level, gave it the rest pose, and took it away.',
    run: async ({ session, mesh, skeleton }) => {
      const options = { purpose: `showing ${mesh}` };
      const bones = skeleton.skeleton.joints.map(({ name }) => name);
      const { actor, missing } = await session.call('preview_open', { mesh, bones }, options);
      try {
        const data = previewPoseData(restWorldPose(skeleton.skeleton));
        const { newest } = await session.call('preview_pose', { number: 1, data }, options);
        return {
          seen: `"${actor}" took pose ${newest}; ${missing.length} of ${bones.length} joints are not on ${mesh}.`,
          isProven: newest === 1 && missing.length < bones.length,
        };
      } finally {
        await session.call('preview_close', {}, options);
      }
    },
  },
];

function furthest(a: Clip, b: Clip): { cm: number; deg: number } {
  if (a.rotations.length !== b.rotations.length)
    throw new GaitwayError('bridge/read-back-differs', 'What came back has other bones or another length.');
  let [metres, radians] = [0, 0];
  a.translations.forEach((value, i) => {
    metres = Math.max(metres, Math.abs(value - (b.translations[i] as number)));
  });
  for (let i = 0; i < a.rotations.length / 4; i++)
    radians = Math.max(radians, angleBetween(quatAt(a.rotations, i), quatAt(b.rotations, i)));
  return { cm: 100 * metres, deg: (180 / Math.PI) * radians };
}
