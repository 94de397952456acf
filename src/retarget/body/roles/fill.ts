import { BODY_ROLES, type BodyRole } from '../../../clip/index.js';
import type { JointName } from './joint-name.js';
import { isWithin, type Tree } from './tree.js';
import { ARM, LEG, type LimbPart, limbWord } from './vocabulary.js';

type Roles = Readonly<Partial<Record<BodyRole, number>>>;

/** The form with the sides of legs and arms as the names have them, as far as the names tell. */
export function alignedSides(form: Roles, tree: Tree, named: Roles): Partial<Record<BodyRole, number>> {
  const aligned: Partial<Record<BodyRole, number>> = { ...form };
  for (const limb of [ARM, LEG]) {
    if (!limb.some((part) => isExchanged(form, tree, named, part))) continue;
    for (const part of limb) {
      for (const [to, from] of [
        [`${part}L`, `${part}R`],
        [`${part}R`, `${part}L`],
      ] as const) {
        const joint = form[from];
        if (joint === undefined) delete aligned[to];
        else aligned[to] = joint;
      }
    }
  }
  return aligned;
}

/** Whether what stands as left in the form is what the names call right. */
function isExchanged(form: Roles, tree: Tree, named: Roles, part: LimbPart): boolean {
  const meets = (a: number | undefined, b: number | undefined): boolean =>
    a !== undefined && b !== undefined && (isWithin(tree, a, b) || isWithin(tree, b, a));
  return meets(named[`${part}L`], form[`${part}R`]) || meets(named[`${part}R`], form[`${part}L`]);
}

/**
 * Roles that rest on a word of two meanings and that the form reads the other way (`LeftShoulder` of a rig
 * whose next joint has a strange name): the role to leave and the one to take.
 */
export function rereadings(
  form: Roles,
  names: readonly JointName[],
  named: Roles,
  weightOf: (role: BodyRole) => number,
): { from: BodyRole; to: BodyRole; joint: number }[] {
  return (Object.keys(named) as BodyRole[]).flatMap((from) => {
    const joint = named[from] as number;
    if (weightOf(from) >= CLEAR_WORD) return [];
    const to = limbOf(from).find((role) => form[role] === joint);
    if (to === undefined || to === from || named[to] !== undefined) return [];
    const part = to.slice(0, -1) as LimbPart;
    return limbWord(names[joint].key, part) > 0 ? [{ from, to, joint }] : [];
  });
}

/** A word from this weight on has one meaning. */
const CLEAR_WORD = 0.85;

/**
 * What the form has for roles that are still open, where it fits into the limb that is known: below the
 * parts before it and above those after it.
 *
 * @param open whether a role may be filled.
 */
export function fillFrom(
  form: Roles,
  tree: Tree,
  roles: Roles,
  open: (role: BodyRole) => boolean,
): Partial<Record<BodyRole, number>> {
  const filled: Partial<Record<BodyRole, number>> = {};
  const taken = new Set(Object.values(roles));
  const fits = (role: BodyRole, joint: number): boolean => {
    const limb = limbOf(role);
    const place = limb.indexOf(role);
    return limb.every((other, i) => {
      const set = roles[other];
      if (set === undefined) return true;
      return i < place ? isWithin(tree, joint, set) : isWithin(tree, set, joint);
    });
  };
  for (const role of BODY_ROLES) {
    const joint = form[role];
    if (role === 'neck' || joint === undefined || !open(role)) continue;
    if (!taken.has(joint) && fits(role, joint)) filled[role] = joint;
  }
  return filled;
}

const limbOf = (role: BodyRole): BodyRole[] => {
  const parts = [ARM, LEG].find((limb) => limb.some((part) => role === `${part}L` || role === `${part}R`));
  return (parts ?? []).map((part) => `${part}${role.at(-1)}` as BodyRole);
};
