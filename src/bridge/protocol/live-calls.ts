import { z } from 'zod';

const assetPath = z.string().startsWith('/');
const count = z.number().int().nonnegative();

/** What is selected in the content browser. */
export const UeSelection = z.strictObject({
  assets: z.array(z.strictObject({ path: assetPath, class: z.string() })),
  folder: z.string().describe('the one marked folder, else the one that is shown; empty for none'),
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
  watch: {
    about:
      'What is selected, what plays, and the clicks that came after number `after` (0 for all that are kept, at most 64). Numbers begin anew when the editor does: `latest` below `after` tells so, and all clicks are given.',
    repeatable: true,
    takes: z.strictObject({
      after: count,
      awake: z
        .boolean()
        .describe('keep the editor from slowing down in the background for the next two seconds'),
    }),
    gives: z.strictObject({
      selection: UeSelection,
      playback: z
        .strictObject({ actor: z.string(), asset: assetPath, seconds: z.number(), playing: z.boolean() })
        .nullable()
        .describe('the first selected actor of the level that plays an AnimSequence by itself'),
      events: z.array(UeMenuEvent),
      latest: count,
    }),
  },
  animation_pose: {
    about:
      'One pose of an animation at a second, on its own skeleton (see `skeleton`): little-endian float32 in base64, parent-relative translations [bones, 3] in centimetres, rotations [bones, 4], scales [bones, 3].',
    repeatable: true,
    takes: z.strictObject({ asset: assetPath, seconds: z.number() }),
    gives: z.strictObject({ bones: count, data: z.base64() }),
  },
  preview_open: {
    about:
      'Shows a mesh in the open level as a figure that takes poses and is never saved; a figure that is there is used.',
    repeatable: true,
    takes: z.strictObject({ mesh: assetPath, bones: z.array(z.string()).min(1) }),
    gives: z.strictObject({
      actor: z.string().describe('what the level’s outliner calls it'),
      skeleton: assetPath,
      missing: z
        .array(z.string())
        .describe('bones that the mesh does not have; their numbers are passed over'),
    }),
  },
  preview_pose: {
    about:
      'Puts the figure into a pose: little-endian float32 in base64, places [bones, 3] in centimetres and rotations [bones, 4] in the mesh’s own space, bones as named in `preview_open`, parents first. One pose is shown a tick, that of the highest `number`; `newest` tells the highest that came.',
    repeatable: true,
    takes: z.strictObject({ number: z.number().int().positive(), data: z.base64() }),
    gives: z.strictObject({ newest: count }),
  },
  preview_close: {
    about: 'Removes the figure; true where there was one.',
    repeatable: true,
    takes: z.strictObject({}),
    gives: z.strictObject({ known: z.boolean() }),
  },
} as const;
