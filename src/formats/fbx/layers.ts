import type { FbxCurve } from './curve.js';
import { type FbxDocument, type FbxId, type FbxObject, numberProperty } from './document.js';

/** Three channels of a property on one layer: a curve each, or a value that stands still. */
export interface Channels {
  readonly curves: readonly [FbxCurve | undefined, FbxCurve | undefined, FbxCurve | undefined];
  readonly values: readonly [number, number, number];
}

/** An animation layer with what it moves. */
export interface Layer {
  /** Plain overriding hides what lies below whatever the weight, which scales the layer itself; the passthrough kind mixes by it. */
  readonly mode: 'additive' | 'override' | 'override-passthrough';
  readonly weight: number;
  readonly weightCurve: FbxCurve | undefined;
  /** Rotations are composed rather than added channel by channel. */
  readonly composesRotation: boolean;
  /** Scales are multiplied rather than added. */
  readonly multipliesScale: boolean;
  /** By object id, then by property name. */
  readonly channels: ReadonlyMap<FbxId, ReadonlyMap<string, Channels>>;
}

/** What one layer does to a property. */
export interface Influence {
  readonly layer: Layer;
  /** The lowest layer of the stack replaces what the node itself says. */
  readonly isBottom: boolean;
  readonly channels: Channels;
}

const MODES = ['additive', 'override', 'override-passthrough'] as const;
const AXES = ['d|X', 'd|Y', 'd|Z'] as const;

/** What all layers do to a property, bottom first. */
export const influencesOn = (layers: readonly Layer[], id: FbxId, property: string): Influence[] =>
  layers.flatMap((layer, l) => {
    const channels = layer.channels.get(id)?.get(property);
    return channels ? [{ layer, isBottom: l === 0, channels }] : [];
  });

/** Whether an influence leaves nothing of what lies below it, at any time. */
export const replacesAll = ({ layer, isBottom }: Influence): boolean =>
  isBottom || (layer.mode !== 'additive' && layer.weight === 1 && !layer.weightCurve);

/** The layers of a stack, bottom first; muted ones are left out. */
export function readLayers(
  document: FbxDocument,
  stack: FbxObject,
  curvesById: ReadonlyMap<FbxId, FbxCurve>,
): Layer[] {
  const layers: Layer[] = [];
  // A layer that is connected twice counts once.
  for (const child of new Set((document.childrenOf.get(stack.id) ?? []).map((each) => each.child))) {
    const layer = document.objects.get(child);
    if (layer?.kind !== 'AnimationLayer' || numberProperty(document, layer, 'Mute', 0) !== 0) continue;
    layers.push({
      mode: MODES[numberProperty(document, layer, 'BlendMode', 0)] ?? 'additive',
      weight: numberProperty(document, layer, 'Weight', 100) / 100,
      weightCurve: readWeightCurve(document, layer, curvesById),
      composesRotation: numberProperty(document, layer, 'RotationAccumulationMode', 0) === 0,
      multipliesScale: numberProperty(document, layer, 'ScaleAccumulationMode', 0) === 0,
      channels: readChannels(document, layer, curvesById),
    });
  }
  return layers;
}

function readChannels(
  document: FbxDocument,
  layer: FbxObject,
  curvesById: ReadonlyMap<FbxId, FbxCurve>,
): Layer['channels'] {
  const out = new Map<FbxId, Map<string, Channels>>();
  for (const { child } of document.childrenOf.get(layer.id) ?? []) {
    const curveNode = document.objects.get(child);
    if (curveNode?.kind !== 'AnimationCurveNode') continue;
    const channels = readCurveNode(document, curveNode, curvesById);
    for (const { parent, property } of document.parentsOf.get(curveNode.id) ?? []) {
      if (property === '') continue;
      const ofObject = out.get(parent) ?? new Map<string, Channels>();
      out.set(parent, ofObject.set(property, channels));
    }
  }
  return out;
}

function readCurveNode(
  document: FbxDocument,
  curveNode: FbxObject,
  curvesById: ReadonlyMap<FbxId, FbxCurve>,
): Channels {
  const curves: [FbxCurve | undefined, FbxCurve | undefined, FbxCurve | undefined] = [
    undefined,
    undefined,
    undefined,
  ];
  const driven = new Set((document.parentsOf.get(curveNode.id) ?? []).map(({ property }) => property));
  for (const { child, property } of document.childrenOf.get(curveNode.id) ?? []) {
    const axis = (AXES as readonly string[]).indexOf(property);
    // A property with one number has one channel under its own name, which may be Y too.
    const isLone = property.startsWith('d|') && (axis < 0 || driven.has(property.slice(2)));
    const at = isLone ? 0 : axis;
    if (at >= 0) curves[at] = curvesById.get(child);
  }
  const startOf = (axis: 0 | 1 | 2): number => {
    const own = curveNode.properties.get(AXES[axis])?.number() ?? Number.NaN;
    if (Number.isFinite(own)) return own;
    const [lone] = axis === 0 ? curveNode.properties.values() : [];
    const value = lone?.number() ?? Number.NaN;
    return Number.isFinite(value) ? value : 0;
  };
  return { curves, values: [startOf(0), startOf(1), startOf(2)] };
}

function readWeightCurve(
  document: FbxDocument,
  layer: FbxObject,
  curvesById: ReadonlyMap<FbxId, FbxCurve>,
): FbxCurve | undefined {
  for (const { child, property } of document.childrenOf.get(layer.id) ?? []) {
    const curveNode = document.objects.get(child);
    if (property !== 'Weight' || curveNode?.kind !== 'AnimationCurveNode') continue;
    return readCurveNode(document, curveNode, curvesById).curves[0];
  }
  return undefined;
}
