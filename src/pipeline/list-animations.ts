import type { CallGives } from '../bridge/index.js';
import { type EditorLinkOptions, openEditorLink } from './editor-link.js';

export interface ListAnimationsRequest extends EditorLinkOptions {
  /** Content folders. */
  readonly paths: readonly string[];
  /** Words that must all be in the path, the skeleton or a tag; letter case does not matter. */
  readonly search: string;
}

/** An animation of the open editor as its asset registry knows it. */
export type ListedAnimation = CallGives<'list_animations'>['animations'][number];

/**
 * The animations under content folders of the open editor, none of them loaded, in the order of their paths.
 *
 * @throws GaitwayError what `openEditorLink` throws.
 */
export async function listAnimations(request: ListAnimationsRequest): Promise<ListedAnimation[]> {
  const { session } = await openEditorLink(request);
  try {
    const found = new Map<string, ListedAnimation>();
    for (const path of request.paths) {
      const folder = path.replace(/\/+$/, '') || path;
      const { animations } = await session.call(
        'list_animations',
        { folder, search: request.search },
        { purpose: `listing the animations in ${folder}` },
      );
      for (const animation of animations) found.set(animation.path, animation);
    }
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  } finally {
    session.close();
  }
}
