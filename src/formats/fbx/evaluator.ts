import { AFFINE_SIZE, type Affine } from '../../math/affine.js';
import type { SceneNodes } from './joints.js';
import { makeLocalPoses } from './local-poses.js';
import { NodeMotion, writeStill } from './node-motion.js';
import type { NodeTransform } from './node-transform.js';
import type { FileSettings } from './settings.js';
import type { FbxTake } from './takes.js';
import { WorldTransforms } from './world-transforms.js';

const NO_TAKE = -1;

/** Poses of all nodes at a time, in file units and axes, turned into canonical ones on the way out. */
export class Evaluator {
  private readonly world: WorldTransforms;
  private readonly local;
  /** Motions of the nodes that move, by take; made when the take is first asked for. */
  private readonly motions = new Map<number, readonly NodeMotion[]>();
  /** The take whose still nodes stand in `local`. */
  private standing: number | undefined;

  constructor(
    private readonly nodes: SceneNodes,
    private readonly transforms: readonly NodeTransform[],
    private readonly takes: readonly FbxTake[],
    private readonly settings: FileSettings,
  ) {
    this.world = new WorldTransforms(
      nodes.parents,
      transforms.map(({ inherit }) => inherit),
      settings.axes,
      settings.unitMetres,
    );
    this.local = makeLocalPoses(transforms.length);
  }

  /** Writes the world maps [joints, 12] of a take (−1: without animation) at `time` seconds from its start. */
  evaluate(takeIndex: number, time: number, out: Affine): void {
    const take = this.takes[takeIndex];
    const { ticksPerSecond } = this.settings;
    const motions = take ? this.motionsOf(takeIndex, take) : [];
    if (this.standing !== takeIndex) this.stand(takeIndex, take);
    if (take) {
      const inside = Math.min(Math.max(time, 0), take.duration);
      const seconds = Math.round((take.start + inside) * ticksPerSecond) / ticksPerSecond;
      for (const motion of motions) motion.write(seconds, this.local);
    }
    for (let n = 0; n < this.transforms.length; n++) this.world.place(n, this.local);
    const { joints } = this.nodes;
    for (let j = 0; j < joints.length; j++) this.world.write(joints[j], out, j * AFFINE_SIZE);
  }

  private motionsOf(index: number, { layers }: FbxTake): readonly NodeMotion[] {
    const known = this.motions.get(index);
    if (known) return known;
    const motions = this.transforms
      .map((node, n) => new NodeMotion(n, node, layers, this.nodes.models[n].id))
      .filter(({ moves }) => moves);
    this.motions.set(index, motions);
    return motions;
  }

  /** Puts every node where it stands in a take as long as nothing moves it. */
  private stand(takeIndex: number, take: FbxTake | undefined): void {
    this.transforms.forEach((node, n) => {
      if (take) new NodeMotion(n, node, take.layers, this.nodes.models[n].id).write(take.start, this.local);
      else writeStill(n, node, this.local);
    });
    this.standing = take ? takeIndex : NO_TAKE;
  }
}
