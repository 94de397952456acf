import { z } from 'zod';

/** What an AnimSequence has besides its motion, in the engine's own names. */

export const UeRate = z
  .strictObject({ numerator: z.number().int().positive(), denominator: z.number().int().positive() })
  .describe('frames a second as a fraction');

const seconds = z.number();
const track = z.string().min(1).max(256);

const Notify = z.strictObject({
  track,
  name: z.string(),
  class: z
    .string()
    .describe(
      'path of its class, such as /Script/Engine.AnimNotify_PlaySound; empty for one that has only a name',
    ),
  state: z.boolean().describe('lasts for a while'),
  seconds,
  duration: seconds,
});
export type UeNotify = z.infer<typeof Notify>;

const SyncMarker = z.strictObject({ track, name: z.string().min(1), seconds });
export type UeSyncMarker = z.infer<typeof SyncMarker>;

export const UeMarks = z.strictObject({ notifies: z.array(Notify), markers: z.array(SyncMarker) });
export type UeMarks = z.infer<typeof UeMarks>;

export const UeAnimationSettings = z.strictObject({
  enable_root_motion: z.boolean(),
  root_motion_root_lock: z.enum(['REF_POSE', 'ANIM_FIRST_FRAME', 'ZERO']),
  force_root_lock: z.boolean(),
  use_normalized_root_motion_scale: z.boolean(),
  loop: z.boolean(),
  rate_scale: z.number(),
  interpolation: z.enum(['LINEAR', 'STEP']),
  additive_anim_type: z.enum(['AAT_NONE', 'AAT_LOCAL_SPACE_BASE', 'AAT_ROTATION_OFFSET_MESH_SPACE']),
  ref_pose_type: z.enum([
    'ABPT_NONE',
    'ABPT_REF_POSE',
    'ABPT_ANIM_SCALED',
    'ABPT_ANIM_FRAME',
    'ABPT_LOCAL_ANIM_FRAME',
  ]),
  ref_pose_seq: z
    .string()
    .describe('content path of the animation that an additive one is added to; empty for none'),
  ref_frame_index: z.number().int(),
});
export type UeAnimationSettings = z.infer<typeof UeAnimationSettings>;
