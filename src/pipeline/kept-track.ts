import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Warning } from '../errors.js';
import type { DatabaseSource, MotionTrack } from '../motion/index.js';
import type { OpenedTrack, RoleNames } from './motion-track-of-file.js';

const MAGIC = 'GWTK';

/**
 * Version of kept tracks, and of the numbers in them: raise it where reading files, finding roles or making tracks
 * changes what a track holds, so that tracks which were kept before are made anew.
 *
 * 1  first
 */
export const TRACK_VERSION = 1;

const PREAMBLE = 16;
const aligned = (size: number): number => Math.ceil(size / 16) * 16;

/** A clip's motion track as it is kept on disk between two builds, with what a database wants to know of the clip. */
export interface KeptTrack extends Pick<DatabaseSource, 'joints' | 'events' | 'hash'> {
  readonly track: MotionTrack;
  readonly boneMap: RoleNames;
  /** What was found when the clip was read. */
  readonly warnings: readonly Warning[];
}

const Header = z.strictObject({
  name: z.string(),
  frameCount: z.int().min(1),
  rateHz: z.number().positive(),
  keys: z.array(z.string()),
  turned: z.boolean(),
  rootJoint: z.string().optional(),
  boneMap: z.record(z.string(), z.string()),
  joints: z.array(
    z.strictObject({
      name: z.string(),
      parent: z.int(),
      offset: z.tuple([z.number(), z.number(), z.number()]),
    }),
  ),
  events: z.array(z.strictObject({ name: z.string(), time: z.number(), duration: z.number() })),
  warnings: z.array(
    z.strictObject({
      code: z.string(),
      message: z.string(),
      joint: z.string().optional(),
      frame: z.number().optional(),
    }),
  ),
  /** SHA-256 of the positions, and of all arrays. */
  hash: z.string(),
  bodyHash: z.string(),
});
type Header = z.infer<typeof Header>;

/** Arrays of a track in the order in which they are kept, with their sizes. */
const arraysOf = ({ frameCount, keys, turned }: Pick<Header, 'frameCount' | 'keys' | 'turned'>) =>
  [
    ['positions', 3 * frameCount * keys.length],
    ['rootX', frameCount],
    ['rootZ', frameCount],
    ['facingX', frameCount],
    ['facingZ', frameCount],
    ...(turned
      ? ([
          ['rotations', 4 * frameCount * keys.length],
          ['restRotations', 4 * keys.length],
        ] as const)
      : []),
  ] as const;

/** The bytes of a kept track; in the machine's own byte order, since it never leaves the machine. */
export function encodeTrack({ track, boneMap, skeleton, events, warnings }: OpenedTrack): Uint8Array {
  const { positions, roles, frameCount, rateHz, name } = track;
  const turned = track.rotations !== undefined;
  const arrays = arraysOf({ frameCount, keys: [...roles], turned }).map(
    ([array]) => track[array] ?? new Float64Array(0),
  );
  const header: Header = {
    name,
    frameCount,
    rateHz,
    keys: [...roles],
    turned,
    ...(track.rootJoint !== undefined && { rootJoint: track.rootJoint }),
    boneMap,
    joints: skeleton.joints.map(({ name: joint, parent, restTranslation: [x, y, z] }) => ({
      name: joint,
      parent,
      offset: [x, y, z],
    })),
    events: events.map((event) => ({ ...event })),
    warnings: warnings.map((warning) => ({ ...warning })),
    hash: sha256Of([positions]),
    bodyHash: sha256Of(arrays),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  let at = aligned(PREAMBLE + text.length);
  const out = new Uint8Array(at + arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  out.set(new TextEncoder().encode(MAGIC));
  new DataView(out.buffer).setUint32(4, TRACK_VERSION, true);
  new DataView(out.buffer).setUint32(8, text.length, true);
  out.set(text, PREAMBLE);
  for (const array of arrays) {
    out.set(bytesOf(array), at);
    at += array.byteLength;
  }
  return out;
}

function sha256Of(arrays: readonly Float64Array[]): string {
  const hash = createHash('sha256');
  for (const array of arrays) hash.update(bytesOf(array));
  return hash.digest('hex');
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Reads a kept track; nothing where the bytes are not a whole one of this version, and it must be made anew. */
export function decodeTrack(given: Uint8Array): KeptTrack | undefined {
  const bytes = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  if (bytes.length < PREAMBLE || new TextDecoder().decode(bytes.subarray(0, 4)) !== MAGIC) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = PREAMBLE + view.getUint32(8, true);
  if (view.getUint32(4, true) !== TRACK_VERSION || end > bytes.length) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes.subarray(PREAMBLE, end)));
  } catch {
    return undefined;
  }
  const parsed = Header.safeParse(json);
  if (!parsed.success) return undefined;
  const { name, frameCount, rateHz, keys, rootJoint, boneMap, joints, events, warnings, hash, bodyHash } =
    parsed.data;
  const arrays = new Map<string, Float64Array>();
  let at = aligned(end);
  for (const [array, size] of arraysOf(parsed.data)) {
    if (at + 8 * size > bytes.length) return undefined;
    arrays.set(array, new Float64Array(bytes.buffer, bytes.byteOffset + at, size));
    at += 8 * size;
  }
  if (at !== bytes.length || sha256Of([...arrays.values()]) !== bodyHash) return undefined;
  const all = Object.fromEntries(arrays) as unknown as Pick<
    MotionTrack,
    'positions' | 'rootX' | 'rootZ' | 'facingX' | 'facingZ' | 'rotations' | 'restRotations'
  >;
  return {
    track: { name, frameCount, rateHz, roles: keys, ...all, ...(rootJoint !== undefined && { rootJoint }) },
    boneMap,
    joints,
    events,
    warnings: warnings as Warning[],
    hash,
  };
}
