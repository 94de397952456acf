import { UE_TRAJECTORY_FLAGS } from '../../bridge/index.js';

/** Seconds over which Unreal takes a velocity. */
export const UE_VELOCITY_OVER = 1 / 60;

/** Words of feature schemas and what Unreal calls them. */
export const STRIPPING = { all: 'NONE', ground: 'STRIP_Z', height: 'STRIP_XY' } as const;
export const QUERY = { continuing: 'USE_CONTINUING_POSE', character: 'USE_CHARACTER_POSE' } as const;
/** A joint's own axes: Unreal's Y is z here, its Z is y. */
export const AXES = { x: 'X', y: 'Z', z: 'Y' } as const;
export const PREPROCESSORS = {
  none: 'NONE',
  normalise: 'NORMALIZE',
  deviation: 'NORMALIZE_ONLY_BY_DEVIATION',
} as const;
export const FLAT_FLAGS = {
  position: UE_TRAJECTORY_FLAGS.positionXy,
  velocity: UE_TRAJECTORY_FLAGS.velocityXy,
  velocityDirection: UE_TRAJECTORY_FLAGS.velocityDirectionXy,
  facing: UE_TRAJECTORY_FLAGS.facingDirectionXy,
} as const;
export const FULL_FLAGS = {
  position: UE_TRAJECTORY_FLAGS.position,
  velocity: UE_TRAJECTORY_FLAGS.velocity,
  velocityDirection: UE_TRAJECTORY_FLAGS.velocityDirection,
  facing: UE_TRAJECTORY_FLAGS.facingDirection,
} as const;
export const QUANTITIES = ['position', 'velocity', 'velocityDirection', 'facing'] as const;
