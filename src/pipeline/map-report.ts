import { BODY_ROLES, type BodyRole } from '../clip/index.js';
import type { Warning } from '../errors.js';
import { type Body, CHAIN_NAMES, type ChainName, chainOf, SIDES } from '../retarget/index.js';
import type { OpenedBody } from './target.js';

/** Who plays which part in two skeletons, for people and programs. */
export interface MapReport {
  readonly source: MappedEnd;
  readonly target: MappedEnd;
  /** Roles that either has; `certainty` is that of the less sure end, null where one is missing. */
  readonly roles: readonly {
    readonly role: BodyRole;
    readonly source: string | null;
    readonly target: string | null;
    readonly certainty: number | null;
  }[];
  readonly chains: readonly {
    readonly chain: ChainName;
    readonly source: readonly string[];
    readonly target: readonly string[];
  }[];
}

export interface MappedEnd {
  readonly name: string;
  readonly family: string;
  readonly joints: number;
  readonly root: string | null;
  readonly twists: readonly string[];
  readonly helpers: readonly string[];
  /** Joints that no part of the body was found for; they keep to their parents. */
  readonly unmapped: readonly string[];
  readonly warnings: readonly Warning[];
}

/** Lays two characterised skeletons side by side. */
export function mapReport(source: OpenedBody, target: OpenedBody): MapReport {
  const name = ({ skeleton }: OpenedBody, joint: number | undefined): string | null =>
    joint === undefined ? null : skeleton.joints[joint].name;
  const roles = BODY_ROLES.flatMap((role) => {
    const ends = [source.body.certainty[role], target.body.certainty[role]];
    if (ends.every((end) => end === undefined)) return [];
    const certainty = ends.some((end) => end === undefined) ? null : Math.min(...(ends as number[]));
    return [
      {
        role,
        source: name(source, source.body.roles[role]),
        target: name(target, target.body.roles[role]),
        certainty,
      },
    ];
  });
  const chains = CHAIN_NAMES.flatMap((chain) => {
    const names = (end: OpenedBody): string[] =>
      chainOf(end.body, chain).map((joint) => end.skeleton.joints[joint].name);
    const pair = { chain, source: names(source), target: names(target) };
    return pair.source.length + pair.target.length > 0 ? [pair] : [];
  });
  return { source: endOf(source), target: endOf(target), roles, chains };
}

function endOf({ name, skeleton, body }: OpenedBody): MappedEnd {
  const nameOf = (joint: number): string => skeleton.joints[joint].name;
  const parts = new Set(partsOf(body));
  return {
    name,
    family: body.family,
    joints: skeleton.joints.length,
    root: body.root === undefined ? null : nameOf(body.root),
    twists: body.twists.map(({ joint }) => nameOf(joint)),
    helpers: body.helpers.map(({ joint }) => nameOf(joint)),
    unmapped: skeleton.joints.flatMap((joint, j) => (parts.has(j) ? [] : [joint.name])),
    warnings: body.warnings,
  };
}

const partsOf = (body: Body): number[] => [
  ...Object.values(body.roles),
  ...body.spine,
  ...body.neck,
  ...SIDES.flatMap((side) => Object.values(body.fingers[side])).flatMap(({ metacarpal, joints }) =>
    metacarpal === undefined ? joints : [metacarpal, ...joints],
  ),
  ...body.twists.map(({ joint }) => joint),
  ...body.helpers.map(({ joint }) => joint),
  ...(body.root === undefined ? [] : [body.root]),
];
