export {
  type Body,
  CHAIN_NAMES,
  type ChainName,
  FINGERS,
  type Finger,
  type FingerName,
  type Helper,
  SIDES,
  type Side,
  type Twist,
} from './body.js';
export {
  applyBoneMap,
  type BoneMap,
  type Characterised,
  chainOf,
  givenBy,
  makeBoneMap,
  parseBoneMap,
} from './bone-map.js';
export type { CalibrationReport } from './calibrate.js';
export { type CharacteriseOptions, characterise, type GivenJoints } from './characterise.js';
export { HAND_WISHES, type HandWish } from './hand-wishes.js';
export { isProfileName, PROFILE_NAMES, type ProfileName, targetProfile } from './profiles.js';
export type { Quality } from './quality.js';
export {
  RETARGET_VERSION,
  type RetargetOptions,
  type RetargetReport,
  retargetClip,
} from './retarget-clip.js';
export { ROOT_MODES, ROOT_PART_MODES, type RootMode, type RootPartMode } from './root-mode.js';
export { QUALITIES, type SolveQuality } from './solve-body.js';
export { STRETCH_CHAINS, type StretchChain } from './stretch.js';
