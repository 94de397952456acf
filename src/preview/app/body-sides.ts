import type { Joint, Skeleton } from '../../clip/index.js';

/** Which part of the body a joint belongs to, as far as colour goes. */
export type Side = 'left' | 'right' | 'middle' | 'helper';

const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g;
const HELPERS = /(^|[_:.\-\s])(ik|ctrl|twist|roll|helper|socket|target|pole)([_:.\-\s]|$)/i;

/** Side of every joint: by the words of its name, else as its parent. */
export function sidesOfJoints(skeleton: Skeleton): Side[] {
  const sides: Side[] = [];
  skeleton.joints.forEach((joint, j) => {
    const own = sideByName(joint);
    sides[j] = own ?? (joint.parent >= 0 ? sides[joint.parent] : 'middle');
  });
  return sides;
}

function sideByName({ name }: Joint): Side | undefined {
  if (HELPERS.test(name)) return 'helper';
  const words = (name.replace(/^.*[:|]/, '').match(WORD) ?? []).map((word) => word.toLowerCase());
  if (words.some((word) => word === 'left' || word === 'l')) return 'left';
  if (words.some((word) => word === 'right' || word === 'r')) return 'right';
  return undefined;
}
