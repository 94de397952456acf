import { z } from 'zod';

const assetPath = z.string().startsWith('/');
const count = z.number().int().nonnegative();

/** What is selected in the content browser. */
export const UeSelection = z.strictObject({
  assets: z.array(z.strictObject({ path: assetPath, class: z.string() })),
  /** The one marked folder, else the one that is shown; empty for none. */
  folder: z.string(),
});
export type UeSelection = z.infer<typeof UeSelection>;

/** A click in the editor's menus, with what was selected then. */
export const UeMenuEvent = z.strictObject({
  number: z.number().int().positive(),
  kind: z.enum(['send-selected', 'open-preview', 'push-here']),
  selection: UeSelection,
});
export type UeMenuEvent = z.infer<typeof UeMenuEvent>;

/** The calls of a program that stays connected. */
export const LIVE_CALLS = {
  /**
   * What is selected, what plays, and the clicks that came after number `after` (0 for all that are kept, at most
   * 64). Numbers begin anew when the editor does: `latest` below `after` tells so, and all clicks are given.
   */
  watch: {
    repeatable: true,
    takes: z.strictObject({
      after: count,
      /** Keep the editor from slowing down in the background for the next two seconds. */
      awake: z.boolean(),
    }),
    gives: z.strictObject({
      selection: UeSelection,
      /** The first selected actor of the level that plays an AnimSequence by itself. */
      playback: z
        .strictObject({ actor: z.string(), asset: assetPath, seconds: z.number(), playing: z.boolean() })
        .nullable(),
      events: z.array(UeMenuEvent),
      latest: count,
    }),
  },
  /**
   * One pose of an animation at a second, on its own skeleton (see `skeleton`): little-endian float32 in base64,
   * parent-relative translations [bones, 3] in centimetres, rotations [bones, 4], scales [bones, 3].
   */
  animation_pose: {
    repeatable: true,
    takes: z.strictObject({ asset: assetPath, seconds: z.number() }),
    gives: z.strictObject({ bones: count, data: z.base64() }),
  },
  /** Shows a mesh in the open level as a figure that takes poses and is never saved; a figure that is there is used. */
  preview_open: {
    repeatable: true,
    takes: z.strictObject({ mesh: assetPath, bones: z.array(z.string()).min(1) }),
    gives: z.strictObject({
      /** What the level's outliner calls it. */
      actor: z.string(),
      skeleton: assetPath,
      /** Bones that the mesh does not have; their numbers are passed over. */
      missing: z.array(z.string()),
    }),
  },
  /**
   * Puts the figure into a pose: little-endian float32 in base64, places [bones, 3] in centimetres and rotations
   * [bones, 4] in the mesh's own space, bones as named in `preview_open`, parents first. One pose is shown a tick,
   * that of the highest `number`; `newest` tells the highest that came.
   */
  preview_pose: {
    repeatable: true,
    takes: z.strictObject({ number: z.number().int().positive(), data: z.base64() }),
    gives: z.strictObject({ newest: count }),
  },
  /** Removes the figure; true where there was one. */
  preview_close: {
    repeatable: true,
    takes: z.strictObject({}),
    gives: z.strictObject({ known: z.boolean() }),
  },
} as const;
