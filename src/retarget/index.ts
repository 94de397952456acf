export {
  type Body,
  FINGERS,
  type Finger,
  type FingerName,
  type Helper,
  SIDES,
  type Side,
  type Twist,
} from './body.js';
export { type CharacteriseOptions, characterise } from './characterise.js';
export { isProfileName, PROFILE_NAMES, type ProfileName, targetProfile } from './profiles.js';
