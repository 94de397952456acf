/** A value in an FBX file; 64-bit integers stay exact. */
export type FbxValue =
  | number
  | bigint
  | string
  | boolean
  | Uint8Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array;

/** A node of the file's tree: a name, its values, and the nodes between its braces. */
export interface FbxNode {
  readonly name: string;
  readonly values: readonly FbxValue[];
  readonly children: readonly FbxNode[];
}

/** The tree of a file with what its header says. */
export interface FbxTree {
  /** 7400 for version 7.4. */
  readonly version: number;
  readonly encoding: 'binary' | 'ascii';
  readonly nodes: readonly FbxNode[];
}

export const childNamed = (node: FbxNode | undefined, name: string): FbxNode | undefined =>
  node?.children.find((child) => child.name === name);

/** A value as a number; NaN where it is none. */
export function numberOf(value: FbxValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  return Number.NaN;
}

export const textOf = (value: FbxValue | undefined): string => (typeof value === 'string' ? value : '');

/** The numbers of an array value, or of a list of single values. */
export function numbersOf(node: FbxNode | undefined): ArrayLike<number> {
  const first = node?.values[0];
  if (first instanceof Float64Array || first instanceof Float32Array || first instanceof Int32Array)
    return first;
  if (first instanceof BigInt64Array) return Float64Array.from(first, Number);
  if (first instanceof Uint8Array) return first;
  return Float64Array.from(node?.values ?? [], numberOf);
}

/** The same as exact 64-bit integers (key times). */
export function integersOf(node: FbxNode | undefined): BigInt64Array {
  const first = node?.values[0];
  if (first instanceof BigInt64Array) return first;
  const exact = (value: FbxValue): bigint => {
    if (typeof value === 'bigint') return value;
    const number = Math.round(numberOf(value));
    return Number.isFinite(number) ? BigInt(number) : 0n;
  };
  if (first instanceof Float64Array || first instanceof Float32Array || first instanceof Int32Array) {
    return BigInt64Array.from(Array.from(first, exact));
  }
  return BigInt64Array.from((node?.values ?? []).map(exact));
}
