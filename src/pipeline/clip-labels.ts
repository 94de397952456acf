import { resolve } from 'node:path';
import { readManifest } from './manifest.js';
import type { NamedClip } from './named-clips.js';

export interface LabelOptions {
  /** Folders below the one that was given are tags of the clips in them. */
  readonly folders?: boolean;
  /** A manifest whose labels are tags of its clips. */
  readonly manifest?: string;
}

/**
 * Gives the tags of a clip as a whole: its folders' names, outermost first, and its label in a manifest.
 *
 * @throws GaitwayError those of `readManifest`.
 */
export async function clipLabels({
  folders = false,
  manifest,
}: LabelOptions): Promise<(clip: NamedClip) => string[]> {
  const listed = manifest === undefined ? [] : await readManifest(manifest);
  const labels = new Map(listed.map(({ file, label }) => [resolve(file), label]));
  return ({ name, file }) => {
    const label = labels.get(resolve(file)) ?? '';
    const tags = [...(folders ? name.split('/').slice(0, -1) : []), ...(label === '' ? [] : [label])];
    return [...new Set(tags)];
  };
}
