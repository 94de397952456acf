/** Bones that every VRM humanoid has (VRM 1.0, humanoid). */
export const REQUIRED_VRM_BONES: readonly string[] = [
  'hips',
  'spine',
  'head',
  ...bothSides(['UpperLeg', 'LowerLeg', 'Foot', 'UpperArm', 'LowerArm', 'Hand']),
];

const FINGERS = ['Index', 'Middle', 'Ring', 'Little'].flatMap((finger) =>
  ['Proximal', 'Intermediate', 'Distal'].map((part) => finger + part),
);

/** Bones that a VRM humanoid may have besides; eyes are turned by a VRM's gaze and not by a VRMA's bones. */
export const OPTIONAL_VRM_BONES: readonly string[] = [
  'chest',
  'upperChest',
  'neck',
  'jaw',
  ...bothSides(['Shoulder', 'Toes', 'ThumbMetacarpal', 'ThumbProximal', 'ThumbDistal', ...FINGERS]),
];

export const VRM_EYES: readonly string[] = ['leftEye', 'rightEye'];

/** Expressions that VRM 1.0 knows by name and that a VRMA may animate. */
export const VRM_EXPRESSIONS: readonly string[] = [
  'happy',
  'angry',
  'sad',
  'relaxed',
  'surprised',
  'aa',
  'ih',
  'ou',
  'ee',
  'oh',
  'blink',
  'blinkLeft',
  'blinkRight',
  'neutral',
];

/** Expressions that belong to the gaze; a VRMA may not hold them under any heading. */
export const VRM_GAZE_EXPRESSIONS: readonly string[] = ['lookUp', 'lookDown', 'lookLeft', 'lookRight'];

/** Bones of an arm and what each points at in a T-pose, from the shoulder outwards, without `left` or `right`. */
export const ARM_BONES: readonly (readonly [bone: string, next: string])[] = [
  ['UpperArm', 'LowerArm'],
  ['LowerArm', 'Hand'],
  ['Hand', 'MiddleProximal'],
  ...['Index', 'Middle', 'Ring', 'Little'].flatMap((finger): [string, string][] => [
    [`${finger}Proximal`, `${finger}Intermediate`],
    [`${finger}Intermediate`, `${finger}Distal`],
  ]),
];

function bothSides(names: readonly string[]): string[] {
  return names.flatMap((name) => [`left${name}`, `right${name}`]);
}
