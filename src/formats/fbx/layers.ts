import type { EulerOrder } from '../../math/euler.js';
import { toEuler } from '../../math/euler.js';
import { IDENTITY, multiply, type Quat, slerp } from '../../math/quat.js';
import type { Vec3 } from '../../math/vec3.js';
import { evaluateCurve, type FbxCurve, readCurve } from './curve.js';
import { type FbxDocument, type FbxObject, numberProperty } from './document.js';
import { numberOf } from './node.js';
import { eulerRotation } from './node-transform.js';

const RAD = 180 / Math.PI;

/** Three channels of a property on one layer: a curve each, or a value that stands still. */
interface Channels {
  readonly curves: readonly [FbxCurve | undefined, FbxCurve | undefined, FbxCurve | undefined];
  readonly values: Vec3;
}

/** An animation layer with what it moves. */
export interface Layer {
  readonly mode: 'additive' | 'override' | 'override-passthrough';
  readonly weight: number;
  readonly weightCurve: FbxCurve | undefined;
  /** Rotations are composed rather than added channel by channel. */
  readonly composesRotation: boolean;
  /** Scales are multiplied rather than added. */
  readonly multipliesScale: boolean;
  /** By model id and property name. */
  readonly channels: ReadonlyMap<string, Channels>;
}

const MODES = ['additive', 'override', 'override-passthrough'] as const;
const AXES = ['d|X', 'd|Y', 'd|Z'] as const;

export const channelKey = (modelId: string, property: string): string => `${modelId}|${property}`;

/** The layers of a stack, bottom first; muted ones are left out. */
export function readLayers(document: FbxDocument, stack: FbxObject, ticksPerSecond: number): Layer[] {
  const layers: Layer[] = [];
  for (const { child } of document.childrenOf.get(stack.id) ?? []) {
    const layer = document.objects.get(child);
    if (layer?.kind !== 'AnimationLayer' || numberProperty(document, layer, 'Mute', 0) !== 0) continue;
    layers.push({
      mode: MODES[numberProperty(document, layer, 'BlendMode', 0)] ?? 'additive',
      weight: numberProperty(document, layer, 'Weight', 100) / 100,
      weightCurve: readWeightCurve(document, layer, ticksPerSecond),
      composesRotation: numberProperty(document, layer, 'RotationAccumulationMode', 0) === 0,
      multipliesScale: numberProperty(document, layer, 'ScaleAccumulationMode', 0) === 0,
      channels: readChannels(document, layer, ticksPerSecond),
    });
  }
  return layers;
}

function readChannels(
  document: FbxDocument,
  layer: FbxObject,
  ticksPerSecond: number,
): Map<string, Channels> {
  const out = new Map<string, Channels>();
  for (const { child } of document.childrenOf.get(layer.id) ?? []) {
    const curveNode = document.objects.get(child);
    if (curveNode?.kind !== 'AnimationCurveNode') continue;
    const channels = readCurveNode(document, curveNode, ticksPerSecond);
    for (const { parent, property } of document.parentsOf.get(curveNode.id) ?? []) {
      if (property) out.set(channelKey(parent, property), channels);
    }
  }
  return out;
}

function readCurveNode(document: FbxDocument, curveNode: FbxObject, ticksPerSecond: number): Channels {
  const curves: [FbxCurve | undefined, FbxCurve | undefined, FbxCurve | undefined] = [
    undefined,
    undefined,
    undefined,
  ];
  for (const { child, property } of document.childrenOf.get(curveNode.id) ?? []) {
    const axis = (AXES as readonly string[]).indexOf(property);
    const object = document.objects.get(child);
    // A property with one number has one channel under its own name.
    const at = axis >= 0 ? axis : property.startsWith('d|') ? 0 : -1;
    if (at >= 0 && object?.kind === 'AnimationCurve') curves[at] = readCurve(object.node, ticksPerSecond);
  }
  const values = AXES.map((name, axis) => {
    const own = numberOf(curveNode.properties.get(name)?.[0]);
    const lone =
      axis === 0 && curveNode.properties.size > 0 ? numberOf([...curveNode.properties.values()][0]?.[0]) : 0;
    return Number.isFinite(own) ? own : Number.isFinite(lone) ? lone : 0;
  }) as unknown as Vec3;
  return { curves, values };
}

function readWeightCurve(
  document: FbxDocument,
  layer: FbxObject,
  ticksPerSecond: number,
): FbxCurve | undefined {
  for (const { child, property } of document.childrenOf.get(layer.id) ?? []) {
    const curveNode = document.objects.get(child);
    if (property !== 'Weight' || curveNode?.kind !== 'AnimationCurveNode') continue;
    return readCurveNode(document, curveNode, ticksPerSecond).curves[0];
  }
  return undefined;
}

function valueAt({ curves, values }: Channels, time: number): Vec3 {
  return [0, 1, 2].map((axis) => {
    const curve = curves[axis];
    return curve ? evaluateCurve(curve, time) : (values[axis] as number);
  }) as unknown as Vec3;
}

/** Whether any layer moves the property. */
export const isAnimated = (layers: readonly Layer[], key: string): boolean =>
  layers.some((layer) => layer.channels.has(key));

/** A translation through all layers: additive ones add, overriding ones blend by their weight. */
export function blendTranslation(layers: readonly Layer[], key: string, rest: Vec3, time: number): Vec3 {
  return blend(layers, key, rest, time, (under, over, weight, layer) =>
    mixEach(under, over, (a, b) => (layer.mode === 'additive' ? a + b * weight : a + (b - a) * weight)),
  );
}

/** A scaling through all layers; layers that multiply do so with the weight as exponent. */
export function blendScaling(layers: readonly Layer[], key: string, rest: Vec3, time: number): Vec3 {
  return blend(layers, key, rest, time, (under, over, weight, layer) =>
    mixEach(under, over, (a, b) => {
      if (!layer.multipliesScale) return layer.mode === 'additive' ? a + b * weight : a + (b - a) * weight;
      if (layer.mode === 'additive') return a * power(b, weight);
      return power(a, 1 - weight) * power(b, weight);
    }),
  );
}

/** A rotation through all layers, as a rotation in the node's order. */
export function blendRotation(
  layers: readonly Layer[],
  key: string,
  rest: Vec3,
  order: EulerOrder,
  time: number,
): Quat {
  const degrees = blend(layers, key, rest, time, (under, over, weight, layer) => {
    if (!layer.composesRotation) {
      return mixEach(under, over, (a, b) =>
        layer.mode === 'additive' ? a + b * weight : a + (b - a) * weight,
      );
    }
    if (layer.mode === 'additive') {
      const turned = multiply(
        eulerRotation(order, under),
        slerp(IDENTITY, eulerRotation(order, over), weight),
      );
      return toDegrees(order, turned);
    }
    // Maya reads both triples in the order XYZ whatever the node's own, and so does the SDK for most orders.
    const turned = slerp(eulerRotation('ZYX', under), eulerRotation('ZYX', over), weight);
    return toDegrees('ZYX', turned);
  });
  return eulerRotation(order, degrees);
}

type Combine = (under: Vec3, over: Vec3, weight: number, layer: Layer) => Vec3;

function blend(layers: readonly Layer[], key: string, rest: Vec3, time: number, combine: Combine): Vec3 {
  let value = rest;
  let bottom = true;
  for (const layer of layers) {
    const channels = layer.channels.get(key);
    if (channels) {
      const over = valueAt(channels, time);
      const weight = layer.weightCurve ? evaluateCurve(layer.weightCurve, time) / 100 : layer.weight;
      const replaces = bottom || (layer.mode !== 'additive' && weight === 1);
      value = replaces ? over : combine(value, over, weight, layer);
    }
    bottom = false;
  }
  return value;
}

const mixEach = (a: Vec3, b: Vec3, mix: (a: number, b: number) => number): Vec3 => [
  mix(a[0], b[0]),
  mix(a[1], b[1]),
  mix(a[2], b[2]),
];

const power = (base: number, exponent: number): number => Math.sign(base) * Math.abs(base) ** exponent;

function toDegrees(order: EulerOrder, q: Quat): Vec3 {
  const angles = toEuler(order, q);
  const out = [0, 0, 0];
  [...order].forEach((axis, i) => {
    out['XYZ'.indexOf(axis)] = (angles[i] as number) * RAD;
  });
  return out as unknown as Vec3;
}
