import { type EulerOrder, toEuler } from '../../math/euler.js';
import { IDENTITY, multiply, type Quat, slerp } from '../../math/quat.js';
import { type Vec3, ZERO } from '../../math/vec3.js';
import type { Channels, Influence, Layer } from './layers.js';
import { eulerRotation } from './node-transform.js';

const DEGREES = 180 / Math.PI;

const valuesAt = ({ curves, values }: Channels, time: number): Vec3 => [
  curves[0]?.valueAt(time) ?? values[0],
  curves[1]?.valueAt(time) ?? values[1],
  curves[2]?.valueAt(time) ?? values[2],
];

/** A translation (or any numbers) through layers: additive ones add, overriding ones blend by their weight. */
export const blendNumbers = (influences: readonly Influence[], time: number): Vec3 =>
  blend(influences, time, addOrMix);

/** A scaling through layers; layers that multiply do so with the weight as exponent. */
export const blendScaling = (influences: readonly Influence[], time: number): Vec3 =>
  blend(influences, time, (under, over, weight, layer) => {
    if (!layer.multipliesScale) return addOrMix(under, over, weight, layer);
    const share = layer.mode === 'additive' ? 1 : layer.mode === 'override' ? 0 : 1 - weight;
    return mixEach(under, over, (a, b) => power(a, share) * power(b, weight));
  });

/** Orders (last axis applied first) that Autodesk's SDK reads backwards where it composes rotations. */
const READ_BACKWARDS: ReadonlySet<EulerOrder> = new Set(['YZX', 'ZXY', 'XYZ']);

/**
 * A rotation (degrees) through layers, as a rotation in the node's order.
 *
 * Where layers are composed, triples are read in the order XYZ whatever the node's own, joined, turned back into
 * such a triple, and that is applied in the node's order. So do Maya and, for the orders XYZ, YZX and ZXY,
 * Autodesk's SDK; of the other three the SDK composes additive layers in the order ZYX and the other way round.
 */
export function blendRotation(influences: readonly Influence[], order: EulerOrder, time: number): Quat {
  const degrees = blend(influences, time, (under, over, weight, layer) => {
    if (!layer.composesRotation) return addOrMix(under, over, weight, layer);
    // Autodesk's SDK leaves the weight of a composed rotation out.
    if (layer.mode === 'override') return over;
    if (layer.mode === 'additive') return addTurn(under, over, weight, READ_BACKWARDS.has(order));
    const turned = slerp(eulerRotation('ZYX', under), eulerRotation('ZYX', over), weight);
    return toDegrees('ZYX', turned);
  });
  return eulerRotation(order, degrees);
}

function addTurn(under: Vec3, over: Vec3, weight: number, backwards: boolean): Vec3 {
  const order = backwards ? 'XYZ' : 'ZYX';
  const below = eulerRotation(order, under);
  const above = slerp(IDENTITY, eulerRotation(order, over), weight);
  return toDegrees(order, backwards ? multiply(above, below) : multiply(below, above));
}

type Combine = (under: Vec3, over: Vec3, weight: number, layer: Layer) => Vec3;

/** Where the bottom layer does not move a property, the others begin at 0, as in Autodesk's SDK. */
function blend(influences: readonly Influence[], time: number, combine: Combine): Vec3 {
  let value: Vec3 = ZERO;
  for (const { layer, isBottom, channels } of influences) {
    const over = valuesAt(channels, time);
    const weight = layer.weightCurve ? layer.weightCurve.valueAt(time) / 100 : layer.weight;
    const replaces = isBottom || (layer.mode !== 'additive' && weight === 1);
    value = replaces ? over : combine(value, over, weight, layer);
  }
  return value;
}

const addOrMix: Combine = (under, over, weight, { mode }) =>
  mixEach(under, over, (a, b) =>
    mode === 'additive' ? a + b * weight : mode === 'override' ? b * weight : a + (b - a) * weight,
  );

const mixEach = (a: Vec3, b: Vec3, mix: (a: number, b: number) => number): Vec3 => [
  mix(a[0], b[0]),
  mix(a[1], b[1]),
  mix(a[2], b[2]),
];

const power = (base: number, exponent: number): number =>
  exponent === 0 ? 1 : Math.sign(base) * Math.abs(base) ** exponent;

function toDegrees(order: EulerOrder, q: Quat): Vec3 {
  const angles = toEuler(order, q);
  const out: [number, number, number] = [0, 0, 0];
  [...order].forEach((axis, i) => {
    out['XYZ'.indexOf(axis)] = (angles[i] as number) * DEGREES;
  });
  return out;
}
