/**
 * What a part of the root's way does:
 *
 * - `from-body`: under the pelvis, facing as it does, as high as the lower foot;
 * - `keep`: as the source's own root, or at rest without one;
 * - `still`: at rest, and the body goes without it;
 * - `in-place`: at rest, and the body stays with it: what `from-body` would have moved is taken out.
 */
export const ROOT_PART_MODES = ['from-body', 'keep', 'still', 'in-place'] as const;
export type RootPartMode = (typeof ROOT_PART_MODES)[number];

/** What each part of the root's way does: its place along the floor, its height over it, and where it faces. */
export interface RootMode {
  readonly position: RootPartMode;
  readonly height: RootPartMode;
  readonly yaw: RootPartMode;
}

/** The usual ways of a root, by name. */
export const ROOT_MODES = {
  'from-pelvis': { position: 'from-body', height: 'still', yaw: 'from-body' },
  keep: { position: 'keep', height: 'keep', yaw: 'keep' },
  'in-place': { position: 'in-place', height: 'still', yaw: 'in-place' },
} as const satisfies Record<string, RootMode>;
