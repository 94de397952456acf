/**
 * The 22 parts that every biped is known by, parents before children.
 *
 * `spine1` is the first joint above the pelvis and `spine3` the last below the neck; a skeleton with two
 * spine joints has `spine1` and `spine3`. `footL` is the ankle, `toeL` the ball, `clavicleL` the collar bone.
 */
export const BODY_ROLES = [
  'pelvis',
  'spine1',
  'spine2',
  'spine3',
  'neck',
  'head',
  'clavicleL',
  'upperArmL',
  'forearmL',
  'handL',
  'clavicleR',
  'upperArmR',
  'forearmR',
  'handR',
  'thighL',
  'calfL',
  'footL',
  'toeL',
  'thighR',
  'calfR',
  'footR',
  'toeR',
] as const;

export type BodyRole = (typeof BODY_ROLES)[number];
