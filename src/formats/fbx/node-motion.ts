import { turnRow } from '../../math/quat-rows.js';
import type { Vec3 } from '../../math/vec3.js';
import { blendNumbers, blendRotation, blendScaling } from './blend-layers.js';
import type { FbxCurve } from './curve.js';
import type { FbxId } from './document.js';
import { type Influence, influencesOn, type Layer, replacesAll } from './layers.js';
import { addPivots, finishLocalPose, type LocalPoses, putIntoFrame } from './local-poses.js';
import { eulerRotation, type NodeTransform } from './node-transform.js';

const RADIANS = Math.PI / 180;

/** What moves a property of three numbers: curves of one layer alone, or several layers that are blended. */
interface Track {
  /** The curves of the layer that hides all below it, and the numbers of channels without one. */
  readonly curves: readonly (FbxCurve | undefined)[];
  readonly values: Vec3;
  /** Set where layers must be blended. */
  readonly blended: readonly Influence[] | undefined;
}

function trackOf(layers: readonly Layer[], id: FbxId, property: string, rest: Vec3): Track {
  const influences = influencesOn(layers, id, property);
  const top = influences.at(-1);
  if (!top) return { curves: [], values: rest, blended: undefined };
  if (!replacesAll(top)) return { curves: [], values: rest, blended: influences };
  const { curves, values } = top.channels;
  const restOf = (axis: 0 | 1 | 2): number =>
    curves[axis]?.isConstant ? curves[axis].values[0] : values[axis];
  return {
    curves: curves.map((curve) => (curve?.isConstant ? undefined : curve)),
    values: [restOf(0), restOf(1), restOf(2)],
    blended: undefined,
  };
}

const moves = ({ curves, blended }: Track): boolean =>
  blended !== undefined || curves.some((curve) => curve !== undefined);

/** How one node moves in one take. */
export class NodeMotion {
  private readonly translation: Track;
  private readonly rotation: Track;
  private readonly scaling: Track;
  private readonly first: 0 | 1 | 2;
  private readonly second: 0 | 1 | 2;
  private readonly third: 0 | 1 | 2;
  /** Which parts must be written at every time; all of them where pivots mix them. */
  private readonly writesPlace: boolean;
  private readonly writesTurn: boolean;
  private readonly writesScale: boolean;

  constructor(
    private readonly n: number,
    private readonly node: NodeTransform,
    layers: readonly Layer[],
    modelId: FbxId,
  ) {
    this.translation = trackOf(layers, modelId, 'Lcl Translation', node.translation);
    this.rotation = trackOf(layers, modelId, 'Lcl Rotation', node.rotation);
    this.scaling = trackOf(layers, modelId, 'Lcl Scaling', node.scaling);
    [this.first, this.second, this.third] = AXES_OF[node.order];
    const [t, r, s] = [moves(this.translation), moves(this.rotation), moves(this.scaling)];
    const mixes = node.hasPivots && (t || r || s);
    this.writesPlace = t || mixes;
    this.writesTurn = r || mixes;
    this.writesScale = s || mixes;
  }

  /** Whether anything of it changes in time. */
  get moves(): boolean {
    return this.writesPlace || this.writesTurn || this.writesScale;
  }

  /** Writes what moves of the node's transform at `time` seconds on the file's time line. */
  write(time: number, poses: LocalPoses): void {
    const { n, node } = this;
    if (this.writesPlace) this.writePlace(time, poses.places);
    if (this.writesScale) this.writeScale(time, poses.scales);
    if (this.writesTurn) {
      this.writeTurn(time, poses.turns);
      if (node.hasFrame) putIntoFrame(n, node, poses);
    }
    if (node.hasPivots && this.writesPlace) addPivots(n, node, poses);
  }

  /** Writes the whole transform at `time`, what stands still included. */
  stand(time: number, poses: LocalPoses): void {
    this.writePlace(time, poses.places);
    this.writeScale(time, poses.scales);
    this.writeTurn(time, poses.turns);
    finishLocalPose(this.n, this.node, poses);
  }

  private writePlace(time: number, places: Float64Array): void {
    const { n, translation } = this;
    if (translation.blended) places.set(blendNumbers(translation.blended, time), 3 * n);
    else writeNumbers(translation, time, places, 3 * n);
  }

  private writeScale(time: number, scales: Float64Array): void {
    const { n, scaling } = this;
    if (scaling.blended) scales.set(blendScaling(scaling.blended, time), 3 * n);
    else writeNumbers(scaling, time, scales, 3 * n);
  }

  private writeTurn(time: number, turns: Float64Array): void {
    const { rotation, node } = this;
    const at = 4 * this.n;
    if (rotation.blended) {
      turns.set(blendRotation(rotation.blended, node.order, time), at);
      return;
    }
    turns[at] = 0;
    turns[at + 1] = 0;
    turns[at + 2] = 0;
    turns[at + 3] = 1;
    this.turn(time, this.first, turns, at);
    this.turn(time, this.second, turns, at);
    this.turn(time, this.third, turns, at);
  }

  private turn(time: number, axis: 0 | 1 | 2, turns: Float64Array, at: number): void {
    const degrees = this.rotation.curves[axis]?.valueAt(time) ?? this.rotation.values[axis];
    if (degrees !== 0) turnRow(turns, at, axis, degrees * RADIANS);
  }
}

function writeNumbers({ curves, values }: Track, time: number, out: Float64Array, at: number): void {
  for (let axis = 0; axis < 3; axis++) out[at + axis] = curves[axis]?.valueAt(time) ?? values[axis];
}

/** Axes of an order as indices, in the order in which their turns are multiplied. */
const AXES_OF = {
  XYZ: [0, 1, 2],
  XZY: [0, 2, 1],
  YXZ: [1, 0, 2],
  YZX: [1, 2, 0],
  ZXY: [2, 0, 1],
  ZYX: [2, 1, 0],
} as const;

/** Writes the transform of a node that nothing moves. */
export function writeStill(n: number, node: NodeTransform, poses: LocalPoses): void {
  poses.places.set(node.translation, 3 * n);
  poses.turns.set(eulerRotation(node.order, node.rotation), 4 * n);
  poses.scales.set(node.scaling, 3 * n);
  finishLocalPose(n, node, poses);
}
