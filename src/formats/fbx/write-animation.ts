import { type Clip, frameTime, type Rate, rateHz } from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { unrollEuler } from '../../math/euler.js';
import { quatAt } from '../../math/quat.js';
import { distance, type Vec3, vec3At } from '../../math/vec3.js';
import { nameList } from '../name-list.js';
import { type FbxPart, int, node, type WrittenNode } from './encode-binary.js';
import { type FileAxes, fileEuler, fileTranslation, turnRotation } from './file-axes.js';
import { holdableName } from './holdable-names.js';
import { takeRateProperty } from './take-rate.js';
import { property, ticksOfFrame } from './write-settings.js';
import { idSource } from './write-skeleton.js';

const FIRST_ID = 100_000_000;
const LINEAR = 0x4;
const KEY_VERSION = 4009;
/** Metres: a joint that stays nearer than this to its rest place gets no translation keys. */
const STANDS_STILL = 1e-7;
const DEG = 180 / Math.PI;

/** A stack with one layer for every clip, linear keys on every frame; `drivenProperties` of each clip's curves. */
export function animationObjects(
  clips: readonly Clip[],
  axes: FileAxes,
  modelIds: readonly bigint[],
  drivenProperties: readonly (readonly string[])[],
): FbxPart & { takes: WrittenNode; longest: number } {
  const nextId = idSource(FIRST_ID);
  const objects: WrittenNode[] = [];
  const connections: WrittenNode[] = [];
  const takes: WrittenNode[] = [];
  const names = takeNames(clips);
  clips.forEach((clip, c) => {
    const stop = ticksOfFrame(clip.frameCount - 1, clip.rate);
    const [stack, layer] = [nextId(), nextId()];
    const span = ['LocalStart', 'LocalStop', 'ReferenceStart', 'ReferenceStop'].map((name) =>
      property(name, 'KTime', 'Time', '', name.endsWith('Stop') ? stop : 0n),
    );
    const ownRate = isSameRate(clip.rate, clips[0].rate) ? [] : [takeRateProperty(clip.rate)];
    objects.push(
      node(
        'AnimationStack',
        [stack, `${names[c]}\0\x01AnimStack`, ''],
        [node('Properties70', [], [...span, ...ownRate])],
      ),
      // A layer without a block of properties loses its curves in Autodesk's reader.
      node('AnimationLayer', [layer, 'BaseLayer\0\x01AnimLayer', ''], [node('Properties70')]),
    );
    connections.push(node('C', ['OO', layer, stack]));
    addCurves({ clip, axes, modelIds, layer, nextId, objects, connections, driven: drivenProperties[c] });
    takes.push(
      node(
        'Take',
        [names[c]],
        [
          node('FileName', [`${names[c]}.tak`]),
          node('LocalTime', [0n, stop]),
          node('ReferenceTime', [0n, stop]),
        ],
      ),
    );
  });
  return {
    objects,
    connections,
    takes: node('Takes', [], [node('Current', [names[0]]), ...takes]),
    longest: Math.max(
      ...clips.map(
        (clip) => Math.ceil(((clip.frameCount - 1) * frameTime(clip.rate)) / frameTime(clips[0].rate)) + 1,
      ),
    ),
  };
}

const isSameRate = (a: Rate, b: Rate): boolean =>
  a.numerator === b.numerator && a.denominator === b.denominator;

/** A warning that names the takes whose rate is not the file's. */
export function warnOfRates(clips: readonly Clip[]): Warning[] {
  const others = clips.filter(({ rate }) => !isSameRate(rate, clips[0].rate));
  if (others.length === 0) return [];
  return [
    {
      code: 'fbx/several-rates',
      message: `FBX states one rate for the whole file, here ${rateHz(clips[0].rate)} Hz. These takes keep their own keys, which other programs may sample at that rate: ${nameList(others.map(({ name, rate }) => `${name} (${rateHz(rate)} Hz)`))}.`,
    },
  ];
}

/** Takes are told apart by name; nameless and equal names are numbered. */
function takeNames(clips: readonly Clip[]): string[] {
  const seen = new Set<string>();
  return clips.map((clip) => {
    const base = holdableName(clip.name) || 'Take 001';
    let name = base;
    for (let n = 2; seen.has(name); n++) name = `${base} ${n}`;
    seen.add(name);
    return name;
  });
}

interface CurveParts {
  readonly clip: Clip;
  readonly axes: FileAxes;
  readonly modelIds: readonly bigint[];
  readonly layer: bigint;
  readonly nextId: () => bigint;
  readonly objects: WrittenNode[];
  readonly connections: WrittenNode[];
  /** Properties of the first joint that the clip's curves drive. */
  readonly driven: readonly string[];
}

function addCurves(parts: CurveParts): void {
  const { clip, axes, modelIds, driven } = parts;
  const { frameCount, skeleton, rate } = clip;
  const count = skeleton.joints.length;
  const times = BigInt64Array.from({ length: frameCount }, (_, f) => ticksOfFrame(f, rate));
  const addProperty = (joint: number, short: 'T' | 'R', long: string, at: (frame: number) => Vec3): void => {
    const channels = [0, 1, 2].map(() => new Float32Array(frameCount));
    for (let f = 0; f < frameCount; f++) {
      const value = at(f);
      for (let axis = 0; axis < 3; axis++) channels[axis][f] = value[axis];
    }
    addCurveNode(
      parts,
      { name: short, model: modelIds[joint], property: long, axes: ['X', 'Y', 'Z'] },
      times,
      channels,
    );
  };
  skeleton.joints.forEach((joint, j) => {
    let moves = false;
    for (let f = 0; f < frameCount && !moves; f++) {
      moves = distance(vec3At(clip.translations, f * count + j), joint.restTranslation) > STANDS_STILL;
    }
    if (moves || joint.parent < 0) {
      addProperty(j, 'T', 'Lcl Translation', (f) =>
        fileTranslation(axes, vec3At(clip.translations, f * count + j)),
      );
    }
    let before: Vec3 | undefined;
    addProperty(j, 'R', 'Lcl Rotation', (f) => {
      const degrees = fileEuler(turnRotation(axes, quatAt(clip.rotations, f * count + j)));
      before = before ? unrollDegrees(degrees, before) : degrees;
      return before;
    });
  });
  clip.curves.forEach(({ values }, c) => {
    const name = driven[c];
    const target = { name, model: modelIds[0], property: name, axes: [name] };
    addCurveNode(parts, target, times, [Float32Array.from(values)]);
  });
}

/** A property of a model that a take moves; `axes` are its channels, under its own name where it is one number. */
interface CurveTarget {
  readonly name: string;
  readonly model: bigint;
  readonly property: string;
  readonly axes: readonly string[];
}

function addCurveNode(
  { layer, nextId, objects, connections }: CurveParts,
  target: CurveTarget,
  times: BigInt64Array,
  channels: readonly Float32Array[],
): void {
  const curveNode = nextId();
  const initial = target.axes.map((axis, k) => property(`d|${axis}`, 'Number', '', 'A', channels[k][0]));
  objects.push(
    node(
      'AnimationCurveNode',
      [curveNode, `${target.name}\0\x01AnimCurveNode`, ''],
      [node('Properties70', [], initial)],
    ),
  );
  connections.push(
    node('C', ['OO', curveNode, layer]),
    node('C', ['OP', curveNode, target.model, target.property]),
  );
  channels.forEach((values, k) => {
    const curve = nextId();
    objects.push(curveObject(curve, times, values));
    connections.push(node('C', ['OP', curve, curveNode, `d|${target.axes[k]}`]));
  });
}

/** The unrolling of math/euler.ts takes its angles first to last as they are multiplied: z, y, x. */
function unrollDegrees([x, y, z]: Vec3, previous: Vec3): Vec3 {
  const out = unrollEuler(
    [z / DEG, y / DEG, x / DEG],
    [previous[2] / DEG, previous[1] / DEG, previous[0] / DEG],
  );
  return [out[2] * DEG, out[1] * DEG, out[0] * DEG];
}

function curveObject(id: bigint, times: BigInt64Array, values: Float32Array): WrittenNode {
  return node(
    'AnimationCurve',
    [id, '\0\x01AnimCurve', ''],
    [
      node('Default', [values[0]]),
      node('KeyVer', [int(KEY_VERSION)]),
      node('KeyTime', [times]),
      node('KeyValueFloat', [values]),
      node('KeyAttrFlags', [Int32Array.from([LINEAR])]),
      node('KeyAttrDataFloat', [Float32Array.from([0, 0, 0, 0])]),
      node('KeyAttrRefCount', [Int32Array.from([values.length])]),
    ],
  );
}
