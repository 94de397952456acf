import type { Warning } from '../errors.js';
import type { Quat } from '../math/quat.js';
import type { Vec3 } from '../math/vec3.js';

/** A joint and how it stands to its parent in the rest pose. */
export interface Joint {
  /** Unique in its skeleton. */
  readonly name: string;
  /** Index of the parent, which comes earlier in the list; −1 for a root. */
  readonly parent: number;
  /** Metres, in the parent's frame. */
  readonly restTranslation: Vec3;
  readonly restRotation: Quat;
  readonly restScale: Vec3;
  /** The name in the file, where it had to be made unique; else the same as `name`. */
  readonly sourceName: string;
  /** Where the bone of a leaf joint ends, metres in the joint's frame; only where the file says so. */
  readonly endOffset?: Vec3;
}

/** Joints, parent first; as many roots as the file has. */
export interface Skeleton {
  readonly joints: readonly Joint[];
}

/** Index of the joint of that name, or −1. */
export const jointIndex = (skeleton: Skeleton, name: string): number =>
  skeleton.joints.findIndex((joint) => joint.name === name);

/** Indices of the children of every joint, in list order. */
export function childrenOf(joints: readonly { readonly parent: number }[]): number[][] {
  const children: number[][] = joints.map(() => []);
  joints.forEach((joint, j) => {
    if (joint.parent >= 0) (children[joint.parent] as number[]).push(j);
  });
  return children;
}

/**
 * Names made unique: the second `arm` becomes `arm_2`, an empty name `joint_<index>`.
 *
 * The result is stable (depends on the order alone) and every change is told in a warning.
 */
export function uniqueNames(names: readonly string[]): { names: string[]; warnings: Warning[] } {
  const taken = new Set(names);
  const seen = new Set<string>();
  // Where the search for a free number goes on, so that thousands of equal names stay cheap.
  const nextNumber = new Map<string, number>();
  const warnings: Warning[] = [];
  const unique = names.map((name, index) => {
    const base = name === '' ? `joint_${index}` : name;
    let candidate = base;
    let n = nextNumber.get(base) ?? 2;
    for (; seen.has(candidate) || (candidate !== name && taken.has(candidate)); n++)
      candidate = `${base}_${n}`;
    nextNumber.set(base, n);
    seen.add(candidate);
    if (candidate !== name) {
      warnings.push({
        code: name === '' ? 'skeleton/nameless-joint' : 'skeleton/duplicate-name',
        message:
          name === ''
            ? `Joint number ${index} has no name; it is called "${candidate}" here.`
            : `Two joints are called "${name}"; number ${index} is called "${candidate}" here.`,
        joint: candidate,
      });
    }
    return candidate;
  });
  return { names: unique, warnings };
}
