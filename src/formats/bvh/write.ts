import {
  type Clip,
  childrenOf,
  frameTime,
  restWorldPose,
  type Skeleton,
  validateClip,
} from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { type Axis, type EulerOrder, toEuler, unrollEuler } from '../../math/euler.js';
import { conjugate, IDENTITY, multiply, type Quat, quatAt, rotate } from '../../math/quat.js';
import { distance, length, scale, type Vec3, vec3At } from '../../math/vec3.js';
import { warnOfLeftOut } from '../left-out.js';
import { metresOfUnit } from '../length-unit.js';
import type { WrittenFile } from '../written-file.js';
import { safeNames } from './safe-names.js';

export interface WriteBvhOptions {
  /** Order of the rotation channels; `ZXY` is what most programs write. */
  readonly order?: EulerOrder;
  /** `cm` by default, which engines expect. */
  readonly unit?: string;
}

const DEGREES = 180 / Math.PI;
/** Places finer than this are not written: 1e-8 m is a hundredth of what a reader can tell. */
const FINEST_METRES = 1e-8;
const ANGLE_DIGITS = 6;
/** A joint that leaves its rest place by more gets position channels. */
const STANDS_STILL = 1e-7;
const SHORTEST_END = 0.01;
const ROWS_AT_ONCE = 512;

/** How a joint is written: the frame of its parent in the rest pose, and its own turned back out of it. */
interface Frames {
  readonly worldFromParentRest: readonly Quat[];
  readonly restFromWorld: readonly Quat[];
}

/**
 * Writes a clip as BVH in the dialect that every known reader takes: plain names, line feeds, one ROOT, an
 * End Site with an OFFSET on every leaf, plain decimals, exact counts.
 *
 * BVH has no rest rotations, so every joint's frame is turned to the world's axes in the rest pose: the file's
 * zero pose is the rest pose, and all places and turns in time stay. Joints that move against their parent
 * get six channels. Eulers run on without jumps of 360°.
 *
 * @throws GaitwayError `clip/…` where the clip is not valid, `formats/bad-unit`.
 */
export function writeBvh(clip: Clip, options: WriteBvhOptions = {}): WrittenFile {
  validateClip(clip);
  const order = options.order ?? 'ZXY';
  const unitMetres = metresOfUnit(options.unit ?? 'cm');
  const { joints } = clip.skeleton;
  const warnings: Warning[] = warnOfLeftOut(clip, 'BVH', ['curves', 'events', 'attributes', 'scales']);
  const roots = joints.flatMap((joint, j) => (joint.parent < 0 ? [j] : []));
  const rest = restWorldPose(clip.skeleton);
  const frames: Frames = {
    worldFromParentRest: joints.map(({ parent }) => (parent < 0 ? IDENTITY : quatAt(rest.rotations, parent))),
    restFromWorld: joints.map((_, j) => conjugate(quatAt(rest.rotations, j))),
  };
  const moving = movingJoints(clip);
  const ringed = roots.length > 1;
  const names = safeNames([...(ringed ? ['Scene'] : []), ...joints.map(({ name }) => name)]).slice(
    ringed ? 1 : 0,
  );
  if (ringed) {
    warnings.push({
      code: 'bvh/roots-joined',
      message: `The skeleton has ${roots.length} roots; BVH readers want one, so they stand below a still joint "Scene" in the file.`,
    });
  }
  const renamed = joints.flatMap(({ name }, j) => (name === names[j] ? [] : [{ from: name, to: names[j] }]));
  if (renamed.length > 0) {
    warnings.push({
      code: 'bvh/names-made-safe',
      message: `${renamed.length} joint names hold signs that BVH readers cut or refuse; they are written otherwise ("${renamed[0].from}" as "${renamed[0].to}").`,
    });
  }

  const digits = Math.max(0, Math.ceil(Math.log10(unitMetres / FINEST_METRES)));
  const place = (v: Vec3): string => v.map((x) => decimal(x / unitMetres, digits)).join(' ');
  const { text, visited } = writeHierarchy(clip.skeleton, {
    frames,
    moving,
    names,
    roots,
    ringed,
    order,
    place,
  });
  const encoder = new TextEncoder();
  const parts = [
    encoder.encode(
      `${text}MOTION\nFrames: ${clip.frameCount}\nFrame Time: ${decimal(frameTime(clip.rate), 12).replace(/0+$/, '')}\n`,
    ),
    ...writeRows(clip, { frames, moving, visited, ringed, order, place }).map((rows) => encoder.encode(rows)),
  ];
  return { bytes: join(parts), warnings, renamed };
}

/** Which joints have position channels: the roots and whatever leaves its rest place. */
function movingJoints(clip: Clip): boolean[] {
  const { joints } = clip.skeleton;
  return joints.map((joint, j) => {
    if (joint.parent < 0) return true;
    for (let f = 0; f < clip.frameCount; f++) {
      if (distance(vec3At(clip.translations, f * joints.length + j), joint.restTranslation) > STANDS_STILL)
        return true;
    }
    return false;
  });
}

interface HierarchyParts {
  readonly frames: Frames;
  readonly moving: readonly boolean[];
  readonly names: readonly string[];
  readonly roots: readonly number[];
  readonly ringed: boolean;
  readonly order: EulerOrder;
  readonly place: (v: Vec3) => string;
}

/** The hierarchy's text, and the joints in the order in which it lists them: depth first, as BVH must. */
function writeHierarchy(
  { joints }: Skeleton,
  { frames, moving, names, roots, ringed, order, place }: HierarchyParts,
): { text: string; visited: number[] } {
  const children = childrenOf(joints);
  const lines = ['HIERARCHY'];
  const visited: number[] = [];
  const turns = [...order].map((axis) => `${axis}rotation`).join(' ');
  if (ringed) lines.push('ROOT Scene', '{', '\tOFFSET 0 0 0', '\tCHANNELS 0');
  // A stack instead of recursion: chains may be thousands of joints long.
  const work: { joint: number; depth: number; closing: boolean }[] = roots
    .map((joint) => ({ joint, depth: ringed ? 1 : 0, closing: false }))
    .reverse();
  while (work.length > 0) {
    const { joint: j, depth, closing } = work.pop() as (typeof work)[number];
    const indent = '\t'.repeat(depth);
    if (closing) {
      lines.push(`${indent}}`);
      continue;
    }
    visited.push(j);
    const joint = joints[j];
    const offset = rotate(frames.worldFromParentRest[j], joint.restTranslation);
    lines.push(
      `${indent}${depth === 0 ? 'ROOT' : 'JOINT'} ${names[j]}`,
      `${indent}{`,
      `${indent}\tOFFSET ${place(offset)}`,
      `${indent}\tCHANNELS ${moving[j] ? `6 Xposition Yposition Zposition ${turns}` : `3 ${turns}`}`,
    );
    if (children[j].length === 0) {
      const end = joint.endOffset
        ? rotate(conjugate(frames.restFromWorld[j]), joint.endOffset)
        : inventedEnd(joint.parent < 0 ? [0, 0, 0] : offset);
      lines.push(`${indent}\tEnd Site`, `${indent}\t{`, `${indent}\t\tOFFSET ${place(end)}`, `${indent}\t}`);
    }
    work.push({ joint: j, depth, closing: true });
    for (const child of children[j].toReversed())
      work.push({ joint: child, depth: depth + 1, closing: false });
  }
  if (ringed) lines.push('}');
  return { text: `${lines.join('\n')}\n`, visited };
}

/** Where a leaf's bone ends if nobody said: half as long as the bone before it, in its direction. */
function inventedEnd(offset: Vec3): Vec3 {
  const size = length(offset);
  return size < 1e-9 ? [0, SHORTEST_END, 0] : scale(offset, Math.max(0.5, SHORTEST_END / size));
}

interface RowParts extends Pick<HierarchyParts, 'frames' | 'moving' | 'ringed' | 'order' | 'place'> {
  readonly visited: readonly number[];
}

/** The rows as text, some hundreds at a time, so that no string outgrows what an engine holds. */
function writeRows(clip: Clip, { frames, moving, visited, order, place }: RowParts): string[] {
  const count = clip.skeleton.joints.length;
  const axes = [...order] as Axis[];
  const previous: Vec3[] = visited.map(() => [0, 0, 0]);
  const pieces: string[] = [];
  let rows: string[] = [];
  for (let f = 0; f < clip.frameCount; f++) {
    const cells: string[] = [];
    visited.forEach((j, v) => {
      const at = f * count + j;
      const toWorld = frames.worldFromParentRest[j];
      if (moving[j]) cells.push(place(rotate(toWorld, vec3At(clip.translations, at))));
      const turn = multiply(multiply(toWorld, quatAt(clip.rotations, at)), frames.restFromWorld[j]);
      const angles = unrollEuler(toEuler(order, turn), previous[v]);
      previous[v] = angles;
      for (let k = 0; k < axes.length; k++) cells.push(decimal(angles[k] * DEGREES, ANGLE_DIGITS));
    });
    rows.push(cells.join(' '));
    if (rows.length === ROWS_AT_ONCE || f === clip.frameCount - 1) {
      pieces.push(`${rows.join('\n')}\n`);
      rows = [];
    }
  }
  return pieces;
}

/** A plain decimal without an exponent and without a minus before zero. */
function decimal(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return /^-0\.?0*$/.test(text) ? text.slice(1) : text;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
