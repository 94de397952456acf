import { BODY_ROLES, type BodyRole } from '../../clip/index.js';
import { isWithin, type Tree } from './tree.js';
import { ARM, LEG } from './vocabulary.js';

type Roles = Readonly<Partial<Record<BodyRole, number>>>;

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
  const exchanged = isExchanged(form, tree, roles);
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
    const joint = form[exchanged ? otherSide(role) : role];
    if (role === 'neck' || joint === undefined || !open(role)) continue;
    if (!taken.has(joint) && fits(role, joint)) filled[role] = joint;
  }
  return filled;
}

/** Whether what stands as left in the form is what the names call right. */
const isExchanged = (form: Roles, tree: Tree, named: Roles): boolean =>
  (['thigh', 'calf', 'foot', 'upperArm', 'forearm', 'hand'] as const).some((part) => {
    const meets = (a: number | undefined, b: number | undefined): boolean =>
      a !== undefined && b !== undefined && (isWithin(tree, a, b) || isWithin(tree, b, a));
    return meets(named[`${part}L`], form[`${part}R`]) || meets(named[`${part}R`], form[`${part}L`]);
  });

const otherSide = (role: BodyRole): BodyRole => {
  const last = role.at(-1);
  if (last !== 'L' && last !== 'R') return role;
  return `${role.slice(0, -1)}${last === 'L' ? 'R' : 'L'}` as BodyRole;
};

const limbOf = (role: BodyRole): BodyRole[] => {
  const parts = [ARM, LEG].find((limb) => limb.some((part) => role === `${part}L` || role === `${part}R`));
  return (parts ?? []).map((part) => `${part}${role.at(-1)}` as BodyRole);
};
