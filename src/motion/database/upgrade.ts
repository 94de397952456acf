import { z } from 'zod';

/** Turns the header of one version into that of the next. */
type HeaderUpgrade = (header: unknown) => unknown;

/** Entry i turns a version i + 1 header into version i + 2; none is ever taken away. What version 3 added, packed rows, an older one lacks. */
const UPGRADES: readonly HeaderUpgrade[] = [withoutTags, (header) => header];

/** Version 1 knew neither parts of clips nor mirrored and looping ones nor tags; the arrays for those may be missing. */
function withoutTags(header: unknown): unknown {
  const old = z.looseObject({ clips: z.array(z.looseObject({})) }).safeParse(header);
  if (!old.success) return header;
  const clips = old.data.clips.map((clip) => ({ ...clip, firstFrame: 0, mirrored: false, loops: false }));
  return { ...old.data, clips, tags: [] };
}

/** The header of an older file as the newest version writes it. */
export function upgradeHeader(header: unknown, version: number): unknown {
  return UPGRADES.slice(version - 1).reduce((older, upgrade) => upgrade(older), header);
}
