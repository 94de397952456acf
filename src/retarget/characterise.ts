import { BODY_ROLES, type BodyRole, restWorldPose, type Skeleton, type WorldPose } from '../clip/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import { distance, vec3At } from '../math/vec3.js';
import { type Body, SIDES } from './body.js';
import { allFingers, helpersOf, twistsOf } from './roles/extremities.js';
import { familyOf } from './roles/families.js';
import { rolesByForm } from './roles/form.js';
import { rolesOfHumanoid } from './roles/humanoid.js';
import { type JointName, readJointNames } from './roles/joint-name.js';
import { namedRoles } from './roles/named-roles.js';
import { type Stance, sidedness, stanceOf, standsOnFour } from './roles/stance.js';
import { isWithin, type Tree, treeOf } from './roles/tree.js';
import { middleOf, rootOf, trunkOf } from './roles/trunk.js';
import { ARM, isEndWord, LEG, limbWord } from './roles/vocabulary.js';

export interface CharacteriseOptions {
  /** A pose in which the figure stands, for files whose rest pose is none: the clip's first frame. */
  readonly pose?: WorldPose;
  /** Joints by VRM humanoid bone name, where the file says so itself. */
  readonly humanoid?: Readonly<Record<string, number>>;
}

type Roles = Partial<Record<BodyRole, number>>;
type Certainty = Partial<Record<BodyRole, number>>;

/** Without these there is nothing to retarget. */
const NEEDED: readonly BodyRole[] = ['pelvis', 'thighL', 'calfL', 'thighR', 'calfR'];

/** Certainty of a role that form alone found, standing or not. */
const BY_FORM = { standing: 0.6, unknown: 0.4 };
/** A name is worth at most this alone; form that agrees adds the rest. */
const BY_NAME = 0.85;

/**
 * Finds out which joint is which part of the body.
 *
 * A humanoid map in the file comes first, then joint names in any known spelling, then the form of the tree;
 * sides are judged by the pose and exchanged where the names have them crossed. Form and sides need a pose in
 * which the figure stands: `options.pose`, or the rest pose where that is one; without it names are believed
 * and the certainty says so.
 *
 * @throws GaitwayError `retarget/no-roles` where pelvis or legs are not to be found, `retarget/four-legged`
 *   where the figure stands on four legs.
 */
export function characterise(skeleton: Skeleton, options: CharacteriseOptions = {}): Body {
  const tree = treeOf(skeleton);
  const names = readJointNames(skeleton.joints.map((joint) => joint.sourceName));
  const family = familyOf(names);
  const rest = restWorldPose(skeleton);
  const warnings: Warning[] = [];
  const certainty: Certainty = {};
  const roles: Roles = {};

  if (options.humanoid !== undefined) {
    for (const [role, joint] of Object.entries(rolesOfHumanoid(options.humanoid)) as [BodyRole, number][]) {
      const parent = tree.parents[joint];
      const marker = isEndWord(names[joint].key) && tree.children[joint].length === 0 && parent >= 0;
      roles[role] = marker ? parent : joint;
      certainty[role] = 1;
    }
  }
  for (const [role, { joint, weight }] of Object.entries(namedRoles(tree, names)) as [
    BodyRole,
    { joint: number; weight: number },
  ][]) {
    if (roles[role] !== undefined || isTaken(roles, joint)) continue;
    roles[role] = joint;
    certainty[role] = BY_NAME * (family === 'unknown' ? weight : 1);
  }
  const poses = options.pose === undefined ? [rest] : [rest, options.pose];
  const { form, pose, standing } = readForm(tree, poses, roles);
  fillFrom(form, tree, roles, certainty, standing);
  chooseMiddleToe(tree, names, roles, rest);

  const missing = NEEDED.filter((role) => roles[role] === undefined);
  if (missing.length > 0) throw noRoles(skeleton, missing);
  if (poses.some((one) => standsOnFour(one, roles)) && !standing) {
    throw new GaitwayError(
      'retarget/four-legged',
      `This skeleton (${someNames(skeleton)}) stands on four legs; only bipeds can be retargeted.`,
      { joints: skeleton.joints.length },
    );
  }

  const fingers = allFingers(tree, names, roles);
  const hands = SIDES.flatMap((side) => {
    const { thumb, index, pinky, middle } = fingers[side];
    const [inner, outer] = [thumb ?? index, pinky ?? middle];
    return inner && outer ? [[inner.joints[0], outer.joints[0]] as const] : [];
  });
  const stance = standing ? stanceOf(pose, roles, hands) : undefined;
  judgeSides(skeleton, roles, certainty, pose, stance, warnings);

  const trunk = placeTrunk(tree, names, roles, certainty, form.neck);
  confirm(form, roles, certainty, stance);
  const root = rootOf(skeleton, tree, roles.pelvis as number);
  return {
    family,
    roles,
    certainty,
    ...trunk,
    fingers: allFingers(tree, names, roles),
    twists: twistsOf(tree, names, roles, rest),
    helpers: helpersOf(tree, names, roles, root, rest),
    root,
    warnings,
  };
}

const isTaken = (roles: Roles, joint: number): boolean => Object.values(roles).includes(joint);

const someNames = (skeleton: Skeleton): string => {
  const names = skeleton.joints.slice(0, 6).map((joint) => joint.name);
  return skeleton.joints.length > 6 ? `${names.join(', ')}, …` : names.join(', ');
};

function noRoles(skeleton: Skeleton, missing: readonly BodyRole[]): GaitwayError {
  return new GaitwayError(
    'retarget/no-roles',
    `No biped was found in this skeleton of ${skeleton.joints.length} joints (${someNames(skeleton)}): looked for pelvis, legs, spine, arms and head by name and by form, and found no ${missing.join(', ')}. Name the joints in a bone map file.`,
    { missing, joints: skeleton.joints.length },
  );
}

/** The roles by form in the first pose in which the figure stands, or by lengths alone in none. */
function readForm(
  tree: Tree,
  poses: readonly WorldPose[],
  named: Roles,
): { form: Roles; pose: WorldPose; standing: boolean } {
  for (const pose of poses) {
    const form = rolesByForm(tree, pose, true);
    if (stanceOf(pose, { ...form, ...named })?.upright) return { form, pose, standing: true };
  }
  const extent = ({ positions }: WorldPose): number =>
    tree.parents.reduce(
      (sum, parent, j) => sum + (parent < 0 ? 0 : distance(vec3At(positions, j), vec3At(positions, parent))),
      0,
    );
  const pose = poses.reduce((a, b) => (extent(b) > extent(a) ? b : a));
  return { form: rolesByForm(tree, pose, false), pose, standing: false };
}

/** Roles that the names left open, from the form, where they fit into the limb. */
function fillFrom(form: Roles, tree: Tree, roles: Roles, certainty: Certainty, standing: boolean): void {
  const exchanged = isExchanged(form, tree, roles);
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
    if (role === 'neck' || joint === undefined || roles[role] !== undefined) continue;
    if (isTaken(roles, joint) || !fits(role, joint)) continue;
    roles[role] = joint;
    certainty[role] = standing ? BY_FORM.standing : BY_FORM.unknown;
  }
}

/** Whether what stands as left in the form is what the names call right. */
const isExchanged = (form: Roles, tree: Tree, named: Roles): boolean =>
  (['thigh', 'calf', 'foot', 'upperArm', 'forearm', 'hand'] as const).some((part) => {
    const [left, right] = [named[`${part}L`], named[`${part}R`]];
    const [formLeft, formRight] = [form[`${part}L`], form[`${part}R`]];
    const meets = (a: number | undefined, b: number | undefined): boolean =>
      a !== undefined && b !== undefined && (isWithin(tree, a, b) || isWithin(tree, b, a));
    return meets(left, formRight) || meets(right, formLeft);
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

/** A foot with five toes: the one in the middle stands for all. */
function chooseMiddleToe(tree: Tree, names: readonly JointName[], roles: Roles, rest: WorldPose): void {
  for (const side of SIDES) {
    const toe = roles[`toe${side}`];
    if (toe === undefined || tree.parents[toe] < 0) continue;
    const toes = tree.children[tree.parents[toe]].filter(
      (joint) => limbWord(names[joint].key, 'toe') > 0 || joint === toe,
    );
    const places = toes.map((joint) => vec3At(rest.positions, joint));
    const spread = places.map((place) => places.reduce((sum, other) => sum + distance(place, other), 0));
    roles[`toe${side}`] = toes[spread.indexOf(Math.min(...spread))];
  }
}

/** Exchanges left and right of a limb pair where the pose shows that the names have them crossed. */
function judgeSides(
  skeleton: Skeleton,
  roles: Roles,
  certainty: Certainty,
  pose: WorldPose,
  stance: Stance | undefined,
  warnings: Warning[],
): void {
  if (stance === undefined) return;
  for (const [limb, parts, first] of [
    ['legs', LEG, 'thigh'],
    ['arms', ARM, 'upperArm'],
  ] as const) {
    const [left, right] = [roles[`${first}L`], roles[`${first}R`]];
    if (left === undefined || right === undefined) continue;
    const sides = sidedness(pose, stance, left, right);
    const byForm = (certainty[`${first}L`] ?? 0) <= BY_FORM.standing;
    // A figure that shows no way forward faces +Z, as figures do.
    const crossed =
      sides === 0 && byForm ? pose.positions[3 * left] < pose.positions[3 * right] : sides < -0.3;
    if (!crossed) continue;
    for (const part of parts) {
      const [a, b] = [`${part}L`, `${part}R`] as [BodyRole, BodyRole];
      const held = roles[a];
      if (roles[b] === undefined) delete roles[a];
      else roles[a] = roles[b];
      if (held === undefined) delete roles[b];
      else roles[b] = held;
    }
    if (byForm) continue;
    warnings.push({
      code: 'retarget/crossed-sides',
      message: `The names of the ${limb} have left and right crossed: "${skeleton.joints[left].name}" lies on the right of the figure. The pose is believed; a bone map can say otherwise.`,
      joint: skeleton.joints[left].name,
    });
  }
}

/** Spine and neck between pelvis and head, and their roles. */
function placeTrunk(
  tree: Tree,
  names: readonly JointName[],
  roles: Roles,
  certainty: Certainty,
  formNeck: number | undefined,
): { spine: readonly number[]; neck: readonly number[] } {
  const { pelvis, head } = roles;
  if (pelvis === undefined || head === undefined) return { spine: [], neck: [] };
  const arms = SIDES.flatMap((side) => roles[`clavicle${side}`] ?? roles[`upperArm${side}`] ?? []);
  const sure = Math.min(certainty.pelvis ?? 0, certainty.head ?? 0);
  const trunk = trunkOf(tree, names, pelvis, head, arms, formNeck);
  const set = (role: BodyRole, joint: number | undefined): void => {
    if (joint === undefined) return;
    roles[role] = joint;
    certainty[role] = sure;
  };
  set('spine1', trunk.spine[0]);
  set('spine2', middleOf(trunk.spine));
  if (trunk.spine.length > 1) set('spine3', trunk.spine.at(-1));
  set('neck', trunk.neck[0]);
  return trunk;
}

/** Raises the certainty of roles whose form says the same, lowers all where no pose could be asked. */
function confirm(form: Roles, roles: Roles, certainty: Certainty, stance: Stance | undefined): void {
  const found = new Set(Object.values(form));
  for (const role of BODY_ROLES) {
    const sure = certainty[role];
    if (sure === undefined || sure === 1) continue;
    const agrees = found.has(roles[role] as number);
    const sided = stance?.left !== undefined || !/[LR]$/.test(role);
    const by = (agrees ? 0.1 : 0) + (stance === undefined ? -0.05 : sided ? 0.04 : 0);
    certainty[role] = Math.round(Math.min(0.99, Math.max(0.1, sure + by)) * 100) / 100;
  }
}
