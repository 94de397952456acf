import type { CallGives } from '../../bridge/index.js';
import type { BodyRole } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import type { ChainName } from '../../retarget/index.js';

type IkRig = CallGives<'ik_rig'>;

/** Which bone plays which part, by the chains of an IK Rig. */
export interface NamedParts {
  readonly roles: Readonly<Partial<Record<BodyRole, string>>>;
  readonly chains: Readonly<Partial<Record<ChainName, readonly string[]>>>;
  readonly warnings: readonly Warning[];
}

const FINGERS = ['thumb', 'index', 'middle', 'ring', 'pinky'];

/**
 * Reads the parts of a body from an IK Rig: chains are known by the words in their names (Spine, Neck, Head; Clavicle or
 * Shoulder, Arm, Leg, fingers, each with a side), their bones by their order. Chains that say nothing of a body are told.
 */
export function partsOfRig({ path, root, chains }: IkRig): NamedParts {
  const roles: Partial<Record<BodyRole, string>> = root === '' ? {} : { pelvis: root };
  const found: Partial<Record<ChainName, readonly string[]>> = {};
  const unread: string[] = [];
  for (const { name, bones } of chains) {
    const part = partOf(name);
    if (!part || bones.length === 0 || !take(part, bones, roles, found)) unread.push(name);
  }
  const warnings: Warning[] = [];
  if (unread.length > 0) {
    const message = `The chains ${unread.join(', ')} of ${path} have no place in a bone map; the rest was taken.`;
    warnings.push({ code: 'pull/chain-left-out', message });
  }
  return { roles, chains: found, warnings };
}

interface Part {
  readonly side: 'L' | 'R' | '';
  readonly word: string;
}

/** `LeftHandIndex`, `index_l`, `Left Index`: a side and a word. */
function partOf(name: string): Part | undefined {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const side = words.some((word) => word === 'left' || word === 'l')
    ? 'L'
    : words.some((word) => word === 'right' || word === 'r')
      ? 'R'
      : '';
  if (words.includes('metacarpal')) return undefined;
  const known = ['spine', 'neck', 'head', 'clavicle', 'shoulder', ...FINGERS, 'arm', 'leg'];
  const word = known.find((one) => words.includes(one));
  return word === undefined ? undefined : { side, word };
}

/** Notes the bones of a chain; false where they are not those of such a part. */
function take(
  { side, word }: Part,
  bones: readonly string[],
  roles: Partial<Record<BodyRole, string>>,
  chains: Partial<Record<ChainName, readonly string[]>>,
): boolean {
  if (side === '') {
    if (word === 'spine' || word === 'neck') chains[word] = bones;
    else if (word === 'head') roles.head = bones[0];
    else return false;
    return true;
  }
  if (FINGERS.includes(word)) {
    chains[`${word}${side}` as ChainName] = bones;
    return true;
  }
  if (word === 'clavicle' || word === 'shoulder') {
    roles[`clavicle${side}`] = bones[0];
    return true;
  }
  const limb: BodyRole[] =
    word === 'arm'
      ? [`upperArm${side}`, `forearm${side}`, `hand${side}`]
      : [`thigh${side}`, `calf${side}`, `foot${side}`, `toe${side}`];
  const fits = word === 'arm' ? bones.length === 3 : bones.length === 3 || bones.length === 4;
  if (!fits) return false;
  bones.forEach((bone, place) => {
    roles[limb[place]] = bone;
  });
  return true;
}
