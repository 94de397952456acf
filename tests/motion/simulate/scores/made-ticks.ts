import { makeLocalPose, makeWorldPose } from '../../../../src/clip/index.js';
import type { PlayedTick } from '../../../../src/motion/simulate/controller.js';

/** A tick in which nothing happens, but for what is given. */
export function madeTick(given: Partial<PlayedTick> = {}): PlayedTick {
  return {
    head: { clip: 0, frame: 0 },
    jumpedFrom: undefined,
    jumpedTo: undefined,
    wish: { velocityX: 0, velocityZ: 0, yaw: 0 },
    point: { x: 0, z: 0, yaw: 0, velocityX: 0, velocityZ: 0 },
    root: { x: 0, z: 0, yaw: 0 },
    contacts: new Uint8Array(2),
    pose: makeLocalPose(1),
    free: makeWorldPose(1),
    world: makeWorldPose(1),
    ...given,
  };
}
