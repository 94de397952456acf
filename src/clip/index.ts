export { type BakeOptions, bake } from './bake.js';
export {
  type Attribute,
  type AttributeValue,
  type Clip,
  type ClipEvent,
  type Curve,
  clipDuration,
  type Source,
} from './clip.js';
export { CLIP_VERSION, decodeClip, encodeClip } from './codec.js';
export { keepSignsContinuous } from './continuous-signs.js';
export {
  forwardKinematics,
  makeWorldPose,
  restPose,
  restWorldPose,
  type WorldPose,
  worldPoseOfFrame,
} from './forward-kinematics.js';
export { frameTime, makeRate, type Rate, rateFromHz, rateHz } from './rate.js';
export { resample } from './resample.js';
export { withRestTake } from './rest-take.js';
export { BODY_ROLES, type BodyRole } from './roles.js';
export { type LocalPose, makeLocalPose, samplePose } from './sample.js';
export { scaledScene } from './scaled-scene.js';
export type { Scene, Take } from './scene.js';
export { sceneOfClip } from './scene-of-clip.js';
export { childrenOf, type Joint, jointIndex, type Skeleton, uniqueNames } from './skeleton.js';
export { validateClip, validateSkeleton } from './validate.js';
