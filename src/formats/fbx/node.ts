/** An array of a file, decoded when it is asked for: most of a file's bytes are meshes that nobody looks at. */
export interface StoredArray {
  /** Its bytes are those of `memory` from `from` up to `to`; equal bytes decode to equal numbers. */
  readonly memory: Uint8Array;
  readonly from: number;
  readonly to: number;
  /**
   * Its numbers; 64-bit integers as float64, exact up to 2⁵³.
   *
   * @throws GaitwayError `fbx/damaged` with the place.
   */
  decode(): NumberArray;
}

export type NumberArray = Float64Array | Float32Array | Int32Array | Uint8Array;

/** A value in an FBX file; 64-bit integers stay exact. */
export type FbxValue = number | bigint | string | boolean | NumberArray | StoredArray;

/** A node of the file's tree: a name, its values, and the nodes between its braces. */
export interface FbxNode {
  readonly name: string;
  readonly values: readonly FbxValue[];
  readonly children: readonly FbxNode[];
}

/** Shared by the many nodes that have none. */
export const NO_VALUES: readonly FbxValue[] = [];
export const NO_NODES: readonly FbxNode[] = [];

/** Before this version animation is stored in another way. */
export const OLDEST_VERSION = 7000;

/** The tree of a file with what its header says. */
export interface FbxTree {
  /** 7400 for version 7.4. */
  readonly version: number;
  readonly encoding: 'binary' | 'ascii';
  readonly nodes: readonly FbxNode[];
}

export function childNamed(node: FbxNode | undefined, name: string): FbxNode | undefined {
  if (!node) return undefined;
  const { children } = node;
  for (let i = 0; i < children.length; i++) if (children[i].name === name) return children[i];
  return undefined;
}

/** A value as a number; NaN where it is none. */
export function numberOf(value: FbxValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  return Number.NaN;
}

export const textOf = (value: FbxValue | undefined): string => (typeof value === 'string' ? value : '');

/** The array that a node holds, not yet decoded; nothing where it lists single values. */
export function storedArrayOf(node: FbxNode | undefined): StoredArray | undefined {
  const first = node?.values[0];
  return typeof first === 'object' && 'decode' in first ? first : undefined;
}

export function isSameContent(a: StoredArray, b: StoredArray): boolean {
  const length = a.to - a.from;
  if (b.to - b.from !== length) return false;
  for (let i = 0; i < length; i++) if (a.memory[a.from + i] !== b.memory[b.from + i]) return false;
  return true;
}

/**
 * The numbers of an array value, or of a list of single values.
 *
 * @throws GaitwayError `fbx/damaged` where an array cannot be decoded.
 */
export function numbersOf(node: FbxNode | undefined): NumberArray {
  const first = node?.values[0];
  if (typeof first === 'object') return 'decode' in first ? first.decode() : first;
  return Float64Array.from(node?.values ?? NO_VALUES, numberOf);
}
