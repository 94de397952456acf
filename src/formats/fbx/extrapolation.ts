import { childNamed, type FbxNode } from './node.js';

/** What a curve does outside its keys. */
export interface Extrapolation {
  readonly mode: 'constant' | 'slope' | 'repeat' | 'mirror' | 'relative';
  /** How often the curve is repeated; −1 for ever. */
  readonly count: number;
}

const MODES = { C: 'constant', K: 'slope', R: 'repeat', M: 'mirror', A: 'relative' } as const;

/** Reads `Pre-Extrapolation` or `Post-Extrapolation` of a curve; constant where it is absent. */
export function readExtrapolation(curve: FbxNode, name: string): Extrapolation {
  const side = childNamed(curve, name);
  const type = childNamed(side, 'Type')?.values[0];
  const letter = typeof type === 'number' ? String.fromCharCode(type) : typeof type === 'string' ? type : 'C';
  const mode = MODES[letter as keyof typeof MODES] ?? 'constant';
  const count = Number(childNamed(side, 'Repetition')?.values[0] ?? -1);
  return { mode, count };
}
