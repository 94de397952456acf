import { BODY_ROLES, type BodyRole, restWorldPose, type Skeleton, type WorldPose } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import { distance, vec3At } from '../../math/vec3.js';
import {
  type Body,
  type ChainName,
  FINGERS,
  type Finger,
  type FingerName,
  SIDES,
  type Side,
} from './body.js';
import { helpersOf, twistsOf } from './roles/extremities.js';
import { familyOf } from './roles/families.js';
import { alignedSides, fillFrom, rereadings } from './roles/fill.js';
import { allFingers, fingerOfChain } from './roles/fingers.js';
import { rolesByForm } from './roles/form.js';
import { rolesOfHumanoid } from './roles/humanoid.js';
import { type JointName, readJointNames } from './roles/joint-name.js';
import { namedRoles } from './roles/named-roles.js';
import { judgeSides } from './roles/sides.js';
import { type Stance, stanceOf, standsOnFour } from './roles/stance.js';
import { commonAncestor, isWithin, pathTo, type Tree, treeOf } from './roles/tree.js';
import { middleOf, rootOf, trunkOf } from './roles/trunk.js';
import { isEndWord, limbWord } from './roles/vocabulary.js';

/** Joints that somebody has named, by number; `null` says that the skeleton has no such part. */
export interface GivenJoints {
  readonly roles: Readonly<Partial<Record<BodyRole, number | null>>>;
  readonly chains?: Readonly<Partial<Record<ChainName, readonly number[]>>>;
}

export interface CharacteriseOptions {
  /** The file or figure, for messages. */
  readonly name?: string;
  /**
   * Poses of the figure, for files whose rest pose is no standing person: the clip's first frame, or several
   * frames of which the first that stands is asked.
   */
  readonly pose?: WorldPose | readonly WorldPose[];
  /** Joints by VRM humanoid bone name, where the file says so itself. */
  readonly humanoid?: Readonly<Record<string, number>>;
  /** What a bone map says; it is believed. */
  readonly given?: GivenJoints;
}

type Roles = Partial<Record<BodyRole, number>>;
type Certainty = Partial<Record<BodyRole, number>>;

/** No rig of a body has more; a file that does is none, and would take long. */
const MOST_JOINTS = 5000;

/** Without these there is nothing to retarget; a leg may do without a knee where a foot is named. */
const NEEDED: readonly BodyRole[] = ['pelvis', 'thighL', 'calfL', 'thighR', 'calfR'];
const FOOT_BELOW: Partial<Record<BodyRole, BodyRole>> = { calfL: 'footL', calfR: 'footR' };

/** Certainty of a role that form alone found, in a standing pose or in none. */
const BY_FORM = { standing: 0.6, unknown: 0.4 };
/** A name alone is worth at most this; form and pose that agree add the rest. */
const BY_NAME = 0.85;

/**
 * Finds out which joint is which part of the body.
 *
 * A bone map and a humanoid map in the file come first, then joint names in any known spelling, then the form
 * of the tree; sides are judged by the pose and exchanged where the names have them crossed. Form and sides
 * need a pose in which the figure stands: the rest pose where that is one, or `options.pose`; without it names
 * are believed and the certainty says so.
 *
 * @throws GaitwayError `retarget/no-roles` where pelvis or legs are not to be found, `retarget/four-legged`
 *   where the figure stands on four legs.
 */
export function characterise(skeleton: Skeleton, options: CharacteriseOptions = {}): Body {
  if (skeleton.joints.length > MOST_JOINTS) throw noRoles(skeleton, NEEDED, options.name);
  const tree = treeOf(skeleton);
  const names = readJointNames(skeleton.joints.map((joint) => joint.sourceName));
  const family = familyOf(names);
  const rest = restWorldPose(skeleton);
  const given = options.given?.roles ?? {};
  const { roles, certainty } = statedRoles(tree, names, options);
  const named = namedRoles(tree, names);
  for (const [role, found] of Object.entries(named)) {
    const free = roles[role as BodyRole] === undefined && given[role as BodyRole] !== null;
    if (!free || Object.values(roles).includes(found.joint)) continue;
    roles[role as BodyRole] = found.joint;
    certainty[role as BodyRole] = BY_NAME * (family === 'unknown' ? found.weight : 1);
  }
  const { form, pose, standing } = readForm(skeleton, tree, [rest, ...posesOf(options)], roles);
  const weightOf = (role: BodyRole): number => (certainty[role] === 1 ? 1 : (named[role]?.weight ?? 1));
  for (const { from, to, joint } of standing ? rereadings(form, names, roles, weightOf) : []) {
    delete roles[from];
    delete certainty[from];
    roles[to] = joint;
    certainty[to] = BY_FORM.standing;
  }
  checkPelvis(tree, form, roles, certainty);
  const open = (role: BodyRole): boolean => roles[role] === undefined && given[role] !== null;
  for (const [role, joint] of Object.entries(fillFrom(form, tree, roles, open))) {
    roles[role as BodyRole] = joint;
    certainty[role as BodyRole] = standing ? BY_FORM.standing : BY_FORM.unknown;
  }
  chooseMiddleToes(tree, names, roles, rest, given);

  const absent = NEEDED.filter((role) => roles[role] === undefined);
  const stiff = absent.filter((role) => {
    const foot = FOOT_BELOW[role];
    return foot !== undefined && roles[foot] !== undefined && named[foot]?.joint === roles[foot];
  });
  const missing = absent.filter((role) => !stiff.includes(role));
  if (missing.length > 0) throw noRoles(skeleton, missing, options.name);
  if (!standing && [rest, ...posesOf(options)].some((one) => standsOnFour(one, roles))) {
    throw new GaitwayError(
      'retarget/four-legged',
      `${options.name ?? 'This skeleton'} (${someNames(skeleton)}) stands on four legs; only bipeds can be retargeted.`,
      { joints: skeleton.joints.length },
    );
  }

  const stance = standing
    ? stanceOf(skeleton, pose, roles, palmsOf(allFingers(tree, names, roles, rest)))
    : undefined;
  const warnings: Warning[] = judgeSides(skeleton, roles, certainty, pose, stance, (role) => {
    const sure = certainty[role] ?? 0;
    return sure === 1 ? 'given' : sure <= BY_FORM.standing ? 'form' : 'named';
  });
  confirm(form, roles, certainty, stance);
  const trunk = placeTrunk(tree, names, roles, certainty, form.neck, rest, options.given);
  const root = rootOf(skeleton, tree, roles.pelvis as number);
  return {
    family,
    roles,
    certainty,
    ...trunk,
    fingers: givenFingers(allFingers(tree, names, roles, rest), names, options.given),
    twists: twistsOf(tree, names, roles, rest),
    helpers: helpersOf(tree, names, roles, root, rest),
    root,
    warnings: [...warnings, ...stiff.map(noKnee)],
  };
}

const posesOf = ({ pose }: CharacteriseOptions): readonly WorldPose[] =>
  pose === undefined ? [] : 'positions' in pose ? [pose] : pose;

const noKnee = (calf: BodyRole): Warning => ({
  code: 'retarget/no-knee',
  message: `The ${calf.endsWith('L') ? 'left' : 'right'} leg has no knee; it is turned as one piece.`,
});

const someNames = (skeleton: Skeleton): string => {
  const names = skeleton.joints.slice(0, 6).map((joint) => joint.name);
  return skeleton.joints.length > 6 ? `${names.join(', ')}, …` : names.join(', ');
};

function noRoles(skeleton: Skeleton, missing: readonly BodyRole[], name = 'this skeleton'): GaitwayError {
  return new GaitwayError(
    'retarget/no-roles',
    `No biped was found in ${name}, of ${skeleton.joints.length} joints (${someNames(skeleton)}): looked for pelvis, legs, spine, arms and head by name and by form, and found no ${missing.join(', ')}. Name the joints in a bone map file.`,
    { missing, joints: skeleton.joints.length },
  );
}

/** What a bone map and the file's own humanoid map say. */
function statedRoles(
  tree: Tree,
  names: readonly JointName[],
  { given, humanoid }: CharacteriseOptions,
): { roles: Roles; certainty: Certainty } {
  const roles: Roles = {};
  const certainty: Certainty = {};
  for (const [role, joint] of Object.entries(given?.roles ?? {}) as [BodyRole, number | null][])
    if (joint !== null) roles[role] = joint;
  for (const [role, joint] of Object.entries(rolesOfHumanoid(humanoid ?? {})) as [BodyRole, number][]) {
    if (roles[role] !== undefined || given?.roles[role] === null) continue;
    const marker = isEndWord(names[joint].key) && tree.children[joint].length === 0;
    roles[role] = marker && tree.parents[joint] >= 0 ? tree.parents[joint] : joint;
  }
  for (const role of Object.keys(roles) as BodyRole[]) certainty[role] = 1;
  return { roles, certainty };
}

/** A pelvis that does not carry head and legs is another joint of that name; where none is left, what carries them. */
function checkPelvis(tree: Tree, form: Roles, roles: Roles, certainty: Certainty): void {
  const { pelvis } = roles;
  const [head, thighL, thighR] = (['head', 'thighL', 'thighR'] as const).map(
    (role) => roles[role] ?? form[role],
  );
  if (pelvis !== undefined && (certainty.pelvis === 1 || head === undefined || isWithin(tree, head, pelvis)))
    return;
  if (head === undefined || thighL === undefined || thighR === undefined) return;
  const carrier = form.pelvis ?? commonAncestor(tree, [head, thighL, thighR]);
  if (carrier < 0) return;
  roles.pelvis = carrier;
  certainty.pelvis = BY_FORM.unknown;
}

/** The roles by form in the first pose in which the figure stands, or by lengths alone in none. */
function readForm(
  skeleton: Skeleton,
  tree: Tree,
  poses: readonly WorldPose[],
  known: Roles,
): { form: Roles; pose: WorldPose; standing: boolean } {
  for (const pose of poses) {
    const form = alignedSides(rolesByForm(tree, pose, true), tree, known);
    if (stanceOf(skeleton, pose, { ...form, ...known })?.upright) return { form, pose, standing: true };
  }
  const extent = ({ positions }: WorldPose): number =>
    tree.parents.reduce(
      (sum, parent, j) => sum + (parent < 0 ? 0 : distance(vec3At(positions, j), vec3At(positions, parent))),
      0,
    );
  const pose = poses.reduce((a, b) => (extent(b) > extent(a) ? b : a));
  return { form: alignedSides(rolesByForm(tree, pose, false), tree, known), pose, standing: false };
}

/** A foot with five toes: the one in the middle stands for all. */
function chooseMiddleToes(
  tree: Tree,
  names: readonly JointName[],
  roles: Roles,
  rest: WorldPose,
  given: GivenJoints['roles'],
): void {
  for (const side of SIDES) {
    const toe = roles[`toe${side}`];
    if (toe === undefined || tree.parents[toe] < 0 || given[`toe${side}`] !== undefined) continue;
    const beside = tree.children[tree.parents[toe]];
    const called = beside.filter((joint) => limbWord(names[joint].key, 'toe') > 0);
    const alike = beside.filter((joint) => tree.children[joint].length > 0);
    const toes = called.includes(toe) ? called : alike.length > 2 && alike.includes(toe) ? alike : [toe];
    const places = toes.map((joint) => vec3At(rest.positions, joint));
    const spread = places.map((place) => places.reduce((sum, other) => sum + distance(place, other), 0));
    roles[`toe${side}`] = toes[spread.indexOf(Math.min(...spread))];
  }
}

/** Joints nearer to the pelvis than this share of the trunk are at its place. */
const SAME_PLACE = 0.002;

type Fingers = Record<Side, Partial<Record<FingerName, Finger>>>;

/** A joint on the thumb's side and one on the little finger's side of each hand. */
const palmsOf = (fingers: Fingers): (readonly [number, number])[] =>
  SIDES.flatMap((side) => {
    const { thumb, index, pinky, middle } = fingers[side];
    const [inner, outer] = [thumb ?? index, pinky ?? middle];
    return inner && outer ? [[inner.joints[0], outer.joints[0]] as const] : [];
  });

/** The fingers with those that a bone map gives in their place. */
function givenFingers(found: Fingers, names: readonly JointName[], given: GivenJoints | undefined): Fingers {
  for (const side of SIDES) {
    for (const finger of FINGERS) {
      const chain = given?.chains?.[`${finger}${side}`];
      if (chain === undefined) continue;
      if (chain.length === 0) delete found[side][finger];
      else found[side][finger] = fingerOfChain(names, finger, chain);
    }
  }
  return found;
}

/** Spine and neck between pelvis and head, and their roles. */
function placeTrunk(
  tree: Tree,
  names: readonly JointName[],
  roles: Roles,
  certainty: Certainty,
  formNeck: number | undefined,
  rest: WorldPose,
  given: GivenJoints | undefined,
): { spine: readonly number[]; neck: readonly number[] } {
  const { pelvis, head } = roles;
  const arms = SIDES.flatMap((side) => roles[`clavicle${side}`] ?? roles[`upperArm${side}`] ?? []);
  const trunkFrom = (hips: number): { spine: readonly number[]; neck: readonly number[] } => {
    const far = (joint: number): number =>
      distance(vec3At(rest.positions, joint), vec3At(rest.positions, hips));
    if (head !== undefined)
      return trunkOf(
        tree,
        names,
        hips,
        head,
        arms,
        { given: roles.neck, form: formNeck },
        (joint) => far(joint) < SAME_PLACE * far(head),
      );
    // Without a head the spine ends where the arms begin.
    const chest = commonAncestor(tree, arms);
    return {
      spine: isWithin(tree, chest, hips) ? pathTo(tree, chest).slice(tree.depths[hips] + 1) : [],
      neck: [],
    };
  };
  const found = pelvis === undefined ? { spine: [], neck: [] } : trunkFrom(pelvis);
  const spine = given?.chains?.spine ?? found.spine;
  const neck = given?.chains?.neck ?? found.neck;
  const sure = Math.min(certainty.pelvis ?? 0, certainty.head ?? BY_FORM.standing);
  const set = (role: BodyRole, joint: number | undefined, chain: 'spine' | 'neck'): void => {
    if (joint === undefined || given?.roles[role] !== undefined) return;
    roles[role] = joint;
    certainty[role] = given?.chains?.[chain] === undefined ? sure : 1;
  };
  set('spine1', spine[0], 'spine');
  set('spine2', middleOf(spine), 'spine');
  if (spine.length > 1) set('spine3', spine.at(-1), 'spine');
  set('neck', neck[0], 'neck');
  return { spine, neck };
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
