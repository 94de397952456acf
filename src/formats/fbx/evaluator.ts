import { AFFINE_SIZE, type Affine } from '../../math/affine.js';
import type { SceneNodes } from './joints.js';
import { makeLocalPoses } from './local-poses.js';
import { NodeMotion, writeStill } from './node-motion.js';
import type { NodeTransform } from './node-transform.js';
import type { FileSettings } from './settings.js';
import type { FbxTake } from './takes.js';
import { WorldTransforms } from './world-transforms.js';

const NO_TAKE = -1;

/** What changes in time in a take. */
interface Changing {
  readonly motions: readonly NodeMotion[];
  /** Nodes that move or stand below one that does, parents first. */
  readonly nodes: Int32Array;
  /** The joints among them. */
  readonly joints: Int32Array;
}

const NOTHING: Changing = { motions: [], nodes: new Int32Array(), joints: new Int32Array() };

/** Poses of all nodes at a time, in file units and axes, turned into canonical ones on the way out. */
export class Evaluator {
  private readonly world: WorldTransforms;
  private readonly local;
  /** [joints, 12]: the pose that was asked for last. */
  private readonly pose: Affine;
  /** By take; found when the take is first asked for. */
  private readonly changing = new Map<number, Changing>();
  /** The take whose still parts stand in `local`, `world` and `pose`. */
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
    this.pose = new Float64Array(AFFINE_SIZE * nodes.joints.length);
  }

  /** Writes the world maps [joints, 12] of a take (−1: without animation) at `time` seconds from its start. */
  evaluate(takeIndex: number, time: number, out: Affine): void {
    const take = this.takes[takeIndex];
    if (this.standing !== takeIndex) this.stand(takeIndex, take);
    const { motions, nodes, joints } = take ? this.changingIn(takeIndex, take) : NOTHING;
    if (take) {
      const { ticksPerSecond } = this.settings;
      const inside = Math.min(Math.max(time, 0), take.duration);
      const seconds = Math.round((take.start + inside) * ticksPerSecond) / ticksPerSecond;
      for (let m = 0; m < motions.length; m++) motions[m].write(seconds, this.local);
    }
    for (let i = 0; i < nodes.length; i++) this.world.place(nodes[i], this.local);
    for (let i = 0; i < joints.length; i++) this.writeJoint(joints[i]);
    out.set(this.pose);
  }

  private writeJoint(j: number): void {
    this.world.write(this.nodes.joints[j], this.pose, AFFINE_SIZE * j);
  }

  private motionOf(n: number, { layers }: FbxTake): NodeMotion {
    return new NodeMotion(n, this.transforms[n], layers, this.nodes.models[n].id);
  }

  private changingIn(index: number, take: FbxTake): Changing {
    const known = this.changing.get(index);
    if (known) return known;
    const { parents, joints } = this.nodes;
    const motions: NodeMotion[] = [];
    const changes = new Set<number>();
    for (let n = 0; n < parents.length; n++) {
      const motion = this.motionOf(n, take);
      if (motion.moves) motions.push(motion);
      if (motion.moves || changes.has(parents[n])) changes.add(n);
    }
    const found: Changing = {
      motions,
      nodes: Int32Array.from(changes),
      joints: Int32Array.from(joints.flatMap((n, j) => (changes.has(n) ? [j] : []))),
    };
    this.changing.set(index, found);
    return found;
  }

  /** Puts every node where it stands in a take as long as nothing moves it. */
  private stand(takeIndex: number, take: FbxTake | undefined): void {
    this.transforms.forEach((node, n) => {
      if (take) this.motionOf(n, take).stand(take.start, this.local);
      else writeStill(n, node, this.local);
      this.world.place(n, this.local);
    });
    this.nodes.joints.forEach((_, j) => {
      this.writeJoint(j);
    });
    this.standing = take ? takeIndex : NO_TAKE;
  }
}
