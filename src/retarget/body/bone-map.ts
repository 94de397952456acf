import { z } from 'zod';
import { BODY_ROLES, type BodyRole, type Skeleton } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { type Body, CHAIN_NAMES, type ChainName, type FingerName, type Side } from './body.js';
import { type CharacteriseOptions, characterise, type GivenJoints } from './characterise.js';
import { nearestNames } from './roles/nearest-names.js';

const MAP_VERSION = 1;

const nameOrNone = z.string().min(1).nullable();
const pairOfNames = z.strictObject({ source: nameOrNone.optional(), target: nameOrNone.optional() });
const pairOfChains = z.strictObject({
  source: z.array(z.string().min(1)).optional(),
  target: z.array(z.string().min(1)).optional(),
});

const boneMapSchema = z.strictObject({
  boneMap: z.literal(MAP_VERSION),
  source: z.string().optional(),
  target: z.string().optional(),
  roles: z.partialRecord(z.enum(BODY_ROLES), pairOfNames),
  chains: z.partialRecord(z.enum(CHAIN_NAMES), pairOfChains).default({}),
});

/**
 * Which joint plays which part in two skeletons, as a small file to edit and share.
 *
 * A joint is given by name, or by number as `#12` where several share a name; `null` says that a role is not
 * there. What a map leaves out is found as without a map.
 */
export type BoneMap = z.infer<typeof boneMapSchema>;

/**
 * Reads a bone map file.
 *
 * @param file its name, for messages.
 * @throws GaitwayError `bone-map/not-json`, `bone-map/wrong-form` naming the place.
 */
export function parseBoneMap(text: string, file: string): BoneMap {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new GaitwayError(
      'bone-map/not-json',
      `${file} is no JSON (${(error as Error).message}); a bone map as "gaitway map --out" writes it is wanted.`,
      { file },
      error,
    );
  }
  const parsed = boneMapSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue.path.join('.') || 'the document';
  throw new GaitwayError(
    'bone-map/wrong-form',
    `${file}: ${place}: ${issue.message}. Roles are ${BODY_ROLES.join(', ')}; chains are ${CHAIN_NAMES.join(', ')}.`,
    { file, place },
  );
}

/** A skeleton and what its joints are. */
export interface Characterised {
  readonly name: string;
  readonly skeleton: Skeleton;
  readonly body: Body;
}

/** How a map refers to a joint: its name, or its number where the name is shared. */
function referTo({ joints }: Skeleton, joint: number): string {
  const { sourceName, name } = joints[joint];
  const shared = joints.filter((other) => other.sourceName === sourceName).length > 1;
  return shared || name.startsWith('#') ? `#${joint}` : name;
}

const fingerOf = ({ fingers }: Body, chain: `${FingerName}${Side}`): readonly number[] => {
  const finger = fingers[chain.slice(-1) as Side][chain.slice(0, -1) as FingerName];
  return finger === undefined
    ? []
    : [...(finger.metacarpal === undefined ? [] : [finger.metacarpal]), ...finger.joints];
};

/** The joints of a chain, the one nearest to the trunk first; a finger begins with its metacarpal. */
export function chainOf(body: Body, chain: ChainName): readonly number[] {
  return chain === 'spine' || chain === 'neck' ? body[chain] : fingerOf(body, chain);
}

/** The bone map of two characterised skeletons, roles and chains that neither has left out. */
export function makeBoneMap(source: Characterised, target: Characterised): BoneMap {
  const roles: BoneMap['roles'] = {};
  for (const role of BODY_ROLES) {
    const name = ({ body, skeleton }: Characterised): string | null => {
      const joint = body.roles[role];
      return joint === undefined ? null : referTo(skeleton, joint);
    };
    const pair = { source: name(source), target: name(target) };
    if (pair.source !== null || pair.target !== null) roles[role] = pair;
  }
  const chains: BoneMap['chains'] = {};
  for (const chain of CHAIN_NAMES) {
    const names = ({ body, skeleton }: Characterised): string[] =>
      chainOf(body, chain).map((joint) => referTo(skeleton, joint));
    const pair = { source: names(source), target: names(target) };
    if (pair.source.length > 0 || pair.target.length > 0) chains[chain] = pair;
  }
  return { boneMap: MAP_VERSION, source: source.name, target: target.name, roles, chains };
}

/** Joint number of a reference in a bone map. */
function findJoint({ joints }: Skeleton, reference: string, where: string): number {
  const number = /^#(\d+)$/.exec(reference)?.[1];
  if (number !== undefined && Number(number) < joints.length) return Number(number);
  const sharing = joints.flatMap((joint, j) => (joint.sourceName === reference ? [j] : []));
  if (sharing.length > 1) {
    throw new GaitwayError(
      'bone-map/ambiguous-name',
      `${where}: "${reference}" is an ambiguous name, ${sharing.length} joints are called so in the file; write ${sharing
        .map((j) => `"#${j}"${parentName(joints, j)}`)
        .join(' or ')}.`,
      { name: reference, joints: sharing },
    );
  }
  const found = joints.findIndex((joint) => joint.name === reference || joint.sourceName === reference);
  if (found >= 0) return found;
  const near = nearestNames(
    reference,
    joints.map((joint) => joint.name),
  );
  throw new GaitwayError(
    'bone-map/unknown-joint',
    `${where}: there is no joint "${reference}"${near.length > 0 ? `; nearest are ${near.map((name) => `"${name}"`).join(', ')}` : ''}.`,
    { name: reference, nearest: near },
  );
}

function parentName(joints: Skeleton['joints'], joint: number): string {
  const parent = joints[joint].parent;
  return parent < 0 ? ' (a root)' : ` (below "${joints[parent].name}")`;
}

/**
 * What a bone map says of one of its two skeletons, as joint numbers.
 *
 * @throws GaitwayError `bone-map/ambiguous-name`, `bone-map/unknown-joint` with the nearest spellings,
 *   `bone-map/joint-twice`.
 */
export function givenBy(map: BoneMap, end: 'source' | 'target', skeleton: Skeleton): GivenJoints {
  const roles: Partial<Record<BodyRole, number | null>> = {};
  const taken = new Map<number, BodyRole>();
  for (const [role, pair] of Object.entries(map.roles) as [BodyRole, { source?: string | null }][]) {
    const reference = (pair as Record<'source' | 'target', string | null | undefined>)[end];
    if (reference === undefined) continue;
    const joint = reference === null ? null : findJoint(skeleton, reference, `${end} of role ${role}`);
    const other = joint === null ? undefined : taken.get(joint);
    if (other !== undefined) {
      throw new GaitwayError(
        'bone-map/joint-twice',
        `The ${end}'s joint "${reference}" is given two roles, ${other} and ${role}; a joint has one.`,
        { joint: reference, roles: [other, role] },
      );
    }
    if (joint !== null) taken.set(joint, role);
    roles[role] = joint;
  }
  const chains: Partial<Record<ChainName, readonly number[]>> = {};
  for (const chain of CHAIN_NAMES) {
    const names = map.chains[chain]?.[end];
    if (names !== undefined)
      chains[chain] = names.map((name) => findJoint(skeleton, name, `${end} of chain ${chain}`));
  }
  return { roles, chains };
}

/**
 * Characterises a skeleton with what a bone map says of it; the rest is found as without a map.
 *
 * @throws GaitwayError what `givenBy` and `characterise` throw.
 */
export function applyBoneMap(
  map: BoneMap,
  end: 'source' | 'target',
  skeleton: Skeleton,
  options: Omit<CharacteriseOptions, 'given'> = {},
): Body {
  return characterise(skeleton, { ...options, given: givenBy(map, end, skeleton) });
}
