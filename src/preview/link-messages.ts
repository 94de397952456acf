import { z } from 'zod';

const contentPath = z.string().startsWith('/');

/** What the page tells the server of a preview that is linked to an editor. */
export const PageMessage = z.discriminatedUnion('type', [
  /** Stream the poses of what is selected in the editor, or stop. */
  z.strictObject({ type: z.literal('follow'), isOn: z.boolean() }),
  /** Show a figure of these joints in the editor. */
  z.strictObject({ type: z.literal('figure'), bones: z.array(z.string()).min(1).max(4096) }),
  z.strictObject({ type: z.literal('no-figure') }),
  /** Body: world places [joints, 3] in metres and rotations [joints, 4], float32. */
  z.strictObject({ type: z.literal('pose') }),
  /** Body: the clip as a `.gwclip`. */
  z.strictObject({ type: z.literal('push'), name: z.string().min(1), folder: contentPath }),
  z.strictObject({ type: z.literal('pull') }),
]);
export type PageMessage = z.infer<typeof PageMessage>;

const Asset = z.object({ path: z.string(), class: z.string() });

/** What the page shows of the link; the server tells all of it whenever something changes. */
const PageLinkState = z.object({
  isOpen: z.boolean(),
  why: z.string(),
  engine: z.string(),
  project: z.string(),
  selection: z.object({ assets: z.array(Asset).readonly() }),
  followed: z.string(),
  figure: z
    .object({ mesh: z.string(), actor: z.string(), missing: z.array(z.string()).readonly() })
    .nullable(),
  fromHz: z.number(),
  toHz: z.number(),
  content: z.string(),
});
export type PageLinkState = z.infer<typeof PageLinkState>;

/** What the server tells the page. */
export const ServerMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('state'), state: PageLinkState }),
  /** Poses of this animation follow. Body: its skeleton at rest, as a `.gwclip` of one frame. */
  z.strictObject({ type: z.literal('subject'), number: z.int(), asset: z.string() }),
  /** Body: rotations [joints, 4] and translations [joints, 3] to the parent, float32. */
  z.strictObject({ type: z.literal('pose'), number: z.int() }),
  z.strictObject({ type: z.literal('notice'), text: z.string(), isFault: z.boolean() }),
  /** Show the clip of that id. */
  z.strictObject({ type: z.literal('choose'), id: z.string() }),
  /** Push what is on show into that content folder. */
  z.strictObject({ type: z.literal('push-wanted'), folder: contentPath }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
