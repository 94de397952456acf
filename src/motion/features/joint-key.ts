const BY_NAME = 'joint:';

/**
 * What a joint is called in a motion track: its role, or `joint:` and its own name where no role is given.
 *
 * Nothing where neither is: the root is meant.
 */
export function jointKey(role: string | undefined, joint: string | undefined): string | undefined {
  return role ?? (joint === undefined ? undefined : BY_NAME + joint);
}

/** The joint's own name in a key that has it instead of a role. */
export const jointOfKey = (key: string): string | undefined =>
  key.startsWith(BY_NAME) ? key.slice(BY_NAME.length) : undefined;

/** A key as people read it: the role or the joint's own name. */
export const keyLabel = (key: string | undefined): string =>
  key === undefined ? 'root' : (jointOfKey(key) ?? key);
