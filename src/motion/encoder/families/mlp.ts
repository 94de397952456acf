import { denseHead } from './blocks.js';
import type { FamilyLayers, FamilyOptions } from './family.js';

/** Two dense layers on the whole row: no notion of time. */
export function mlp({ outputs }: FamilyOptions): FamilyLayers {
  return { trunk: [], head: denseHead([512, 512], outputs) };
}
