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
} from './body/body.js';
export {
  applyBoneMap,
  type BoneMap,
  type Characterised,
  chainOf,
  givenBy,
  makeBoneMap,
  parseBoneMap,
} from './body/bone-map.js';
export { type CharacteriseOptions, characterise, type GivenJoints } from './body/characterise.js';
export { isProfileName, PROFILE_NAMES, type ProfileName, targetProfile } from './body/profiles.js';
export type { CalibrationReport } from './calibrate/calibrate.js';
export { SOLE_MODES, type SoleMode } from './calibrate/soles.js';
export { type Carrier, type CarrierOptions, makeCarrier } from './carrier.js';
export { feetContacts } from './contacts/feet-contacts.js';
export type { RetargetOptions } from './options.js';
export type { Quality } from './quality/quality.js';
export {
  RETARGET_VERSION,
  type RetargetReport,
  retargetClip,
} from './retarget-clip.js';
export { HAND_WISHES, type HandWish } from './solve/hand-wishes.js';
export { QUALITIES, type SolveQuality } from './solve/solve-body.js';
export { ROOT_MODES, ROOT_PART_MODES, type RootMode, type RootPartMode } from './transfer/root-mode.js';
export { STRETCH_CHAINS, type StretchChain } from './transfer/stretch.js';
