import {
  Color,
  Group,
  IcosahedronGeometry,
  InstancedMesh,
  type Material,
  MeshBasicMaterial,
  MeshLambertMaterial,
} from 'three';
import type { JointSide } from '../joint-sides.js';
import { PALETTE } from '../palette.js';
import type { ShownClip } from '../shown-clip.js';
import { makeBoneGeometry } from './bone-geometry.js';
import { type Bone, bonesOf, writeBoneMatrices } from './bone-matrices.js';
import { JointAxes } from './joint-axes.js';

const JOINT_OF_HEIGHT = 0.0085;
const GHOST_OPACITY = 0.45;

/** A clip's skeleton in the scene: tapered bones, joints, and their shadow on the ground. */
export class Figure {
  readonly group = new Group();
  readonly shown: ShownClip;
  readonly #bones: readonly Bone[];
  readonly #boneMesh: InstancedMesh;
  readonly #jointMesh: InstancedMesh;
  readonly #shadow: InstancedMesh;
  readonly #jointSizes: Float32Array;
  readonly #axes: JointAxes;

  constructor(shown: ShownClip) {
    this.shown = shown;
    const { skeleton } = shown.clip;
    const { sides, body } = shown.anatomy;
    const sideOfBone = ({ from, to }: { from: number; to: number }): JointSide =>
      from === body?.root ? 'helper' : sides[to];
    this.#bones = bonesOf(skeleton, (bone) => sideOfBone(bone) === 'helper');
    const boneMaterial = new MeshLambertMaterial({ flatShading: true });
    this.#boneMesh = new InstancedMesh(makeBoneGeometry(), boneMaterial, this.#bones.length);
    this.#jointMesh = new InstancedMesh(
      new IcosahedronGeometry(1, 1),
      new MeshLambertMaterial(),
      skeleton.joints.length,
    );
    const colour = new Color();
    this.#bones.forEach((bone, b) => {
      this.#boneMesh.setColorAt(b, colour.set(PALETTE[sideOfBone(bone)]));
    });
    sides.forEach((side, j) => {
      this.#jointMesh.setColorAt(j, colour.set(PALETTE[side]));
    });
    this.#jointSizes = Float32Array.from(
      sides,
      (side) => shown.height * JOINT_OF_HEIGHT * (side === 'helper' ? 0.5 : 1),
    );
    this.#shadow = new InstancedMesh(
      this.#boneMesh.geometry,
      new MeshBasicMaterial({ color: PALETTE.shadow }),
      this.#bones.length,
    );
    this.#shadow.instanceMatrix = this.#boneMesh.instanceMatrix;
    const flat = new Group();
    flat.scale.y = 1e-5;
    flat.position.y = 1e-3 * shown.height;
    flat.add(this.#shadow);
    for (const mesh of [this.#boneMesh, this.#jointMesh, this.#shadow]) mesh.frustumCulled = false;
    this.#axes = new JointAxes(skeleton.joints.length, shown.height);
    this.group.add(flat, this.#boneMesh, this.#jointMesh, this.#axes.lines);
    this.update();
  }

  set axesVisible(visible: boolean) {
    this.#axes.lines.visible = visible;
  }

  /** Brings the meshes to the pose that the clip has taken. */
  update(): void {
    const { pose, height } = this.shown;
    writeBoneMatrices(this.#bones, pose, height, this.#boneMesh.instanceMatrix.array as Float32Array);
    const out = this.#jointMesh.instanceMatrix.array;
    for (let j = 0; j < this.#jointSizes.length; j++) {
      const o = 16 * j;
      out[o] = out[o + 5] = out[o + 10] = this.#jointSizes[j];
      out[o + 12] = pose.positions[3 * j];
      out[o + 13] = pose.positions[3 * j + 1];
      out[o + 14] = pose.positions[3 * j + 2];
      out[o + 15] = 1;
    }
    if (this.#axes.lines.visible) this.#axes.update(pose);
    this.#boneMesh.instanceMatrix.needsUpdate = true;
    this.#jointMesh.instanceMatrix.needsUpdate = true;
  }

  /** Lets what lies behind shine through, for the source under an overlaid target. */
  setGhost(ghost: boolean): void {
    for (const mesh of [this.#boneMesh, this.#jointMesh]) {
      const material = mesh.material as MeshLambertMaterial;
      material.transparent = ghost;
      material.opacity = ghost ? GHOST_OPACITY : 1;
      material.depthWrite = !ghost;
      material.needsUpdate = true;
    }
    this.#shadow.visible = !ghost;
  }

  dispose(): void {
    this.group.removeFromParent();
    this.#axes.dispose();
    for (const mesh of [this.#boneMesh, this.#jointMesh, this.#shadow]) {
      mesh.geometry.dispose();
      (mesh.material as Material).dispose();
      mesh.dispose();
    }
  }
}
