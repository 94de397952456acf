import {
  type Clip,
  childrenOf,
  frameTime,
  restWorldPose,
  type Skeleton,
  validateClip,
} from '../../clip/index.js';
import type { Warning } from '../../errors.js';
import { type EulerOrder, toEuler, unrollEuler } from '../../math/euler.js';
import { conjugate, IDENTITY, multiply, type Quat, quatAt, rotate } from '../../math/quat.js';
import { length, scale, type Vec3, vec3At } from '../../math/vec3.js';
import { warnOfLeftOut } from '../left-out.js';
import { metresOfUnit } from '../length-unit.js';
import type { UpAxis } from '../read-options.js';
import type { WrittenFile } from '../written-file.js';
import { joinBytes } from './join-bytes.js';
import { type BvhNames, writtenNames } from './written-names.js';

export interface WriteBvhOptions {
  /** Order of the rotation channels; `ZXY` is what most programs write. */
  readonly order?: EulerOrder;
  /** `cm` by default, which engines expect. */
  readonly unit?: string;
  /** The file's axis that points up; `y` by default. With `z` the figure is turned, so that it stands along Z. */
  readonly up?: UpAxis;
  /**
   * Which joints have position channels: the roots and those that leave their rest place (`moving`, the
   * default), the roots alone (`root`: what other joints move is left out and named in a warning), or `all`.
   */
  readonly channels?: 'moving' | 'root' | 'all';
  /**
   * Which leaves get an End Site: all, with a made-up OFFSET where the clip knows none (`invented`, the
   * default), or only those whose end the clip knows (`stated`). three and Blender read leaves without one.
   */
  readonly endSites?: 'invented' | 'stated';
  /** `safe` by default. */
  readonly names?: BvhNames;
  /** Names that some joints have instead, by joint; each once, of letters that every reader keeps. */
  readonly jointNames?: ReadonlyMap<number, string>;
}

const DEGREES = 180 / Math.PI;
/** Places finer than this are not written: 1e-8 m is a hundredth of what a reader can tell. */
const FINEST_METRES = 1e-8;
const ANGLE_DIGITS = 6;
/** A joint that leaves its rest place by more gets position channels. */
const STANDS_STILL = 1e-7;
const SHORTEST_END = 0.01;
/** Stands above the roots where there are several. */
const SCENE = { name: 'Scene', sourceName: 'Scene' };
const ROWS_AT_ONCE = 512;
const MOST_NAMED = 8;

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
 * zero pose is the rest pose, and all places and turns in time stay. Eulers run on without jumps of 360°.
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
  const moving = joints.map((_, j) => hasPosition(clip, j, options.channels ?? 'moving'));
  if (options.channels === 'root') warnings.push(...warnOfStilled(clip));
  const ringed = roots.length > 1;
  const names = writtenNames(ringed ? [...joints, SCENE] : joints, options.names, options.jointNames);
  if (ringed) {
    warnings.push({
      code: 'bvh/roots-joined',
      message: `The skeleton has ${roots.length} roots; BVH readers want one, so they stand below a still joint "${names.at(-1)}" in the file.`,
    });
  }
  const renamed = joints.flatMap(({ name }, j) => (name === names[j] ? [] : [{ from: name, to: names[j] }]));
  const madeSafe = joints.flatMap(({ name }, j) =>
    name === names[j] || options.jointNames?.has(j) ? [] : [`"${name}" as "${names[j]}"`],
  );
  if (madeSafe.length > 0) {
    warnings.push({
      code: 'bvh/names-made-safe',
      message: `${madeSafe.length} joint names are written otherwise, because readers of BVH would cut, refuse or confuse them (${madeSafe[0]}).`,
    });
  }

  const digits = Math.max(0, Math.ceil(Math.log10(unitMetres / FINEST_METRES)));
  const zUp = options.up === 'z';
  const place = ([x, y, z]: Vec3): string =>
    (zUp ? [x, -z, y] : [x, y, z]).map((v) => decimal(v / unitMetres, digits)).join(' ');
  const inventEnds = options.endSites !== 'stated';
  const parts: HierarchyParts = { frames, moving, names, roots, ringed, order, place, inventEnds };
  const { text, visited } = writeHierarchy(clip.skeleton, parts);
  const seconds = decimal(frameTime(clip.rate), 12).replace(/\.?0+$/, '');
  const head = `${text}MOTION\nFrames: ${clip.frameCount}\nFrame Time: ${seconds}\n`;
  const rows = writeRows(clip, { frames, moving, visited, order, place, zUp });
  return { bytes: joinBytes([new TextEncoder().encode(head), ...rows]), warnings, renamed };
}

function hasPosition(clip: Clip, joint: number, channels: 'moving' | 'root' | 'all'): boolean {
  if (clip.skeleton.joints[joint].parent < 0 || channels === 'all') return true;
  return channels === 'moving' && farthestFromRest(clip, joint) > STANDS_STILL;
}

/** How far a joint gets from its rest place, metres. */
function farthestFromRest({ translations, frameCount, skeleton: { joints } }: Clip, joint: number): number {
  const [x, y, z] = joints[joint].restTranslation;
  let farthest = 0;
  for (let f = 0; f < frameCount; f++) {
    const i = 3 * (f * joints.length + joint);
    const square =
      (translations[i] - x) ** 2 + (translations[i + 1] - y) ** 2 + (translations[i + 2] - z) ** 2;
    farthest = Math.max(farthest, square);
  }
  return Math.sqrt(farthest);
}

/** Names the joints that move against their parent and are written as if they stood still. */
function warnOfStilled(clip: Clip): Warning[] {
  const stilled = clip.skeleton.joints.flatMap(({ name, parent }, j) => {
    const far = parent < 0 ? 0 : farthestFromRest(clip, j);
    return far > STANDS_STILL ? [{ name, far }] : [];
  });
  if (stilled.length === 0) return [];
  const listed = stilled
    .slice(0, MOST_NAMED)
    .map(({ name, far }) => `${name} (${(far * 100).toFixed(2)} cm)`);
  const more = stilled.length > MOST_NAMED ? ` and ${stilled.length - MOST_NAMED} more` : '';
  return [
    {
      code: 'bvh/motion-left-out',
      message: `Only roots have position channels, as asked; these joints leave their rest place and stay there in the file: ${listed.join(', ')}${more}.`,
    },
  ];
}

interface HierarchyParts {
  readonly frames: Frames;
  readonly moving: readonly boolean[];
  readonly names: readonly string[];
  readonly roots: readonly number[];
  readonly ringed: boolean;
  readonly order: EulerOrder;
  readonly place: (v: Vec3) => string;
  readonly inventEnds: boolean;
}

/** The hierarchy's text, and the joints in the order in which it lists them: depth first, as BVH must. */
function writeHierarchy(
  { joints }: Skeleton,
  { frames, moving, names, roots, ringed, order, place, inventEnds }: HierarchyParts,
): { text: string; visited: number[] } {
  const children = childrenOf(joints);
  const lines = ['HIERARCHY'];
  const visited: number[] = [];
  const turns = [...order].map((axis) => `${axis}rotation`).join(' ');
  if (ringed) lines.push(`ROOT ${names.at(-1)}`, '{', '\tOFFSET 0 0 0', '\tCHANNELS 0');
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
    if (children[j].length === 0 && (inventEnds || joint.endOffset)) {
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

interface RowParts extends Pick<HierarchyParts, 'frames' | 'moving' | 'order' | 'place'> {
  readonly visited: readonly number[];
  readonly zUp: boolean;
}

/** The rows as bytes, some hundreds at a time, so that no string outgrows what an engine holds. */
function writeRows(clip: Clip, { frames, moving, visited, order, place, zUp }: RowParts): Uint8Array[] {
  const count = clip.skeleton.joints.length;
  const encoder = new TextEncoder();
  const previous: Vec3[] = visited.map(() => [0, 0, 0]);
  const pieces: Uint8Array[] = [];
  let rows: string[] = [];
  for (let f = 0; f < clip.frameCount; f++) {
    const cells: string[] = [];
    visited.forEach((j, v) => {
      const at = f * count + j;
      const toWorld = frames.worldFromParentRest[j];
      if (moving[j]) cells.push(place(rotate(toWorld, vec3At(clip.translations, at))));
      const [x, y, z, w] = multiply(multiply(toWorld, quatAt(clip.rotations, at)), frames.restFromWorld[j]);
      const angles = unrollEuler(toEuler(order, zUp ? [x, -z, y, w] : [x, y, z, w]), previous[v]);
      previous[v] = angles;
      for (const angle of angles) cells.push(decimal(angle * DEGREES, ANGLE_DIGITS));
    });
    rows.push(cells.join(' '));
    if (rows.length === ROWS_AT_ONCE || f === clip.frameCount - 1) {
      pieces.push(encoder.encode(`${rows.join('\n')}\n`));
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
