import { jointOfKey } from './joint-key.js';
import { jointsOf, layoutOf } from './layout.js';
import type { FeatureSchema } from './schema.js';

/** Why a schema does not fit a skeleton, or does not make sense by itself. */
export interface SchemaFault {
  readonly code: 'motion/missing-role' | 'motion/missing-joint' | 'motion/no-weight';
  /** A sentence with the reason and what to do. */
  readonly message: string;
  /** The role or joint that is missing. */
  readonly joint?: string;
}

/** Joints by their part of the body, as a bone map has them, and all joints by their own names. */
export interface SchemaSubject {
  readonly roles: Readonly<Record<string, string>>;
  readonly joints: readonly string[];
}

/** The keys among `wanted` that a track with these keys lacks. */
export const missingJoints = (wanted: readonly string[], keys: readonly string[]): string[] =>
  wanted.filter((key) => !keys.includes(key));

/**
 * Everything that keeps a schema from being used with a skeleton; nothing where it fits.
 *
 * Every missing role and joint is named, each with the channels that ask for it.
 */
export function validateSchema(schema: FeatureSchema, { roles, joints }: SchemaSubject): SchemaFault[] {
  const layout = layoutOf(schema);
  const known = [...Object.keys(roles), ...joints.map((joint) => `joint:${joint}`)];
  const faults = missingJoints(jointsOf(layout), known).map((key): SchemaFault => {
    const asking = layout.blocks
      .filter(({ source }) => source.joint === key || ('origin' in source && source.origin === key))
      .map(({ channel }) => channel);
    const channels = [...new Set(asking)];
    const where = `channel${channels.length > 1 ? 's' : ''} ${channels.join(', ')} of "${schema.name}"`;
    const joint = jointOfKey(key);
    return joint === undefined
      ? {
          code: 'motion/missing-role',
          joint: key,
          message: `The ${key}, which ${where} asks for, is no role of this skeleton's bone map (it has ${Object.keys(roles).join(', ')}); add it to the map, or name the joint itself.`,
        }
      : {
          code: 'motion/missing-joint',
          joint,
          message: `The joint "${joint}", which ${where} asks for, is not among the ${joints.length} joints of this skeleton; correct its name.`,
        };
  });
  if (schema.rootJoint !== undefined && !joints.includes(schema.rootJoint)) {
    faults.push({
      code: 'motion/missing-joint',
      joint: schema.rootJoint,
      message: `The joint "${schema.rootJoint}", which "${schema.name}" takes for the root, is not among the ${joints.length} joints of this skeleton; correct its name, or leave it out to find the root from the body.`,
    });
  }
  if (layout.weights.every((weight) => weight === 0)) {
    faults.push({
      code: 'motion/no-weight',
      message: `Every weight of "${schema.name}" is 0, so all frames cost the same; give at least one channel a weight.`,
    });
  }
  return faults;
}
