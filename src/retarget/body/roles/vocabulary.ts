/** The parts of an arm and of a leg from the trunk outwards, without their side. */
export const ARM = ['clavicle', 'upperArm', 'forearm', 'hand'] as const;
export const LEG = ['thigh', 'calf', 'foot', 'toe'] as const;
type ArmPart = (typeof ARM)[number];
type LegPart = (typeof LEG)[number];
export type LimbPart = ArmPart | LegPart;

/**
 * Words for the parts of a limb and how much each speaks for its part.
 *
 * A word may stand under two parts (`shoulder` is the collar bone for Mixamo and the upper arm for Xsens,
 * `foot` is the toe for SMPL); the order along the limb decides between them. Words below 0.9 are such ones.
 */
const LIMB_WORDS: Readonly<Record<LimbPart, readonly (readonly [RegExp, number])[]>> = {
  clavicle: [
    [/^(clavicle|collar|collarbone)\d*$/, 1],
    [/^(shoulder\d*|shoulderjoint|肩)$/, 0.7],
  ],
  upperArm: [
    [/^(upperarm\d*|uparm|armupper|humerus|shldr|shldrbend|腕)$/, 1],
    [/^arm\d*$/, 0.9],
    [/^shoulder$/, 0.8],
  ],
  forearm: [[/^(forearm\d*|forearmbend|lowerarm\d*|lowarm|armlower|radius|elbow|ひじ)$/, 1]],
  hand: [
    [/^(hand|wrist|手首)$/, 1],
    [/^palm\d*$/, 0.7],
  ],
  thigh: [
    [/^(thigh\d*|thighbend|upleg|upperleg\d*|legupper|femur|足)$/, 1],
    [/^hip$/, 0.9],
    [/^leg0?1$/, 0.8],
  ],
  calf: [
    [/^(calf|shin|lowerleg\d*|lowleg|leglower|tibia|knee|ひざ)$/, 1],
    [/^leg$/, 0.9],
    [/^leg0?2$/, 0.8],
  ],
  foot: [
    [/^(foot|ankle|足首)$/, 1],
    [/^foot0?1$/, 0.8],
  ],
  toe: [
    [/^(toe|toes|toebase|toe\d|toe\d-1|ball|forefoot|footthumb1|つま先)$/, 1],
    [/^foot$/, 0.7],
    [/^foot0?2$/, 0.7],
  ],
};

const HEAD = /^(head|頭)$/;
const NECK = /^((lower|upper)?neck(lower|upper)?\d*|necktwist\d*|首)$/;
const PELVIS = /^(pelvis|hips?|butt)$/;
const SPINE =
  /^((lower|upper)?(spine|chest|torso|body|abdomen|back|waist|thorax|tummy|belly)(lower|upper|middle)?\d*|上半身\d*)$/;
const END = /^(.*(end|nub|leaf|endsite)\d*|site|.*top)$/;

/** How much a key speaks for a part of a limb: 0 not at all, 1 fully. */
export const limbWord = (key: string, part: LimbPart): number =>
  LIMB_WORDS[part].find(([word]) => word.test(key))?.[1] ?? 0;

/** Whether a key is a word for something that a body has two of. */
export const isSidedWord = (key: string): boolean =>
  [...ARM, ...LEG].some((part) => limbWord(key, part) > 0) ||
  /^(hipjoint|thumb|fingers?|fingerbase|eye|buttock|breast)\d*$/.test(key);

export const isHeadWord = (key: string): boolean => HEAD.test(key);
export const isNeckWord = (key: string): boolean => NECK.test(key);
export const isPelvisWord = (key: string): boolean => PELVIS.test(key);
export const isSpineWord = (key: string): boolean => SPINE.test(key);
/** Whether a key names a marker at the end of a chain, which nothing moves. */
export const isEndWord = (key: string): boolean => END.test(key);
