import { GaitwayError, type Warning } from '../../errors.js';
import { sha256 } from '../../math/sha256.js';
import { footContacts } from '../features/contacts.js';
import { type ExtractOptions, extractFeatures, type FeatureRows } from '../features/extract.js';
import { layoutOf, reachOf } from '../features/layout.js';
import type { MotionTrack } from '../features/motion-track.js';
import { fitNormalisation, normaliseRows } from '../features/normalise.js';
import type { FeatureSchema } from '../features/schema.js';
import type {
  DatabaseBlock,
  DatabaseClip,
  DatabaseContent,
  DatabaseJoint,
  MotionDatabase,
} from './database.js';
import { assertSameSkeleton } from './same-skeleton.js';

/** One clip as it goes into a database. */
export interface DatabaseSource {
  readonly track: MotionTrack;
  /** File it was read from; empty where it was made in memory. */
  readonly source: string;
  readonly joints: readonly DatabaseJoint[];
  /** Joint names by role. */
  readonly roles: Readonly<Record<string, string>>;
}

export interface BuiltDatabase {
  readonly database: MotionDatabase;
  /** Clips that were left out, and blocks that count for nothing, with the reason. */
  readonly warnings: readonly Warning[];
}

/**
 * Makes one database of several clips of the same skeleton, from hand-made features.
 *
 * Clips without a single frame whose features lie inside them are left out and told in `warnings`. Equal
 * clips in equal order give equal numbers.
 *
 * @throws GaitwayError `motion/no-clips`, `motion/different-skeletons`, `motion/different-rates`,
 *   `motion/no-valid-frames`, and those of `extractFeatures`.
 */
export function buildDatabase(
  sources: readonly DatabaseSource[],
  schema: FeatureSchema,
  options: ExtractOptions = {},
): BuiltDatabase {
  assertAlike(sources);
  const layout = layoutOf(schema);
  const features = sources.map(({ track }) => extractFeatures(track, layout, options));
  const normalisation = fitNormalisation(layout, features);
  for (const { rows } of features) normaliseRows(normalisation, rows);
  const blocks = layout.blocks.map(({ name, channel, time, offset, size }) => ({
    name,
    channel: schema.channels[channel].type,
    channelIndex: channel,
    ...(time !== undefined && { time }),
    offset,
    size,
  }));
  const { past, future } = reachOf(layout, sources[0].track.rateHz);
  return assemble(
    sources,
    features,
    { kind: 'features', schema, flat: normalisation.flat },
    blocks,
    normalisation,
    `its features look ${past} frames back and ${future} ahead`,
  );
}

/**
 * Makes one database of several clips of the same skeleton, from latents, one row a frame.
 *
 * Latents are compared as they are: no mean is taken away and nothing is scaled.
 *
 * @throws GaitwayError those of `buildDatabase`, and `motion/bad-latents` where rows do not fit the clips or
 *   a valid row is not finite.
 */
export function buildLatentDatabase(
  sources: readonly DatabaseSource[],
  latents: readonly FeatureRows[],
  encoder: string,
  encoderHash = '',
): BuiltDatabase {
  assertAlike(sources);
  const dimension = latents[0]?.dimension ?? 0;
  sources.forEach(({ track }, c) => {
    const own = latents[c];
    if (own?.frameCount === track.frameCount && own.dimension === dimension && dimension > 0) {
      const bad = own.rows.findIndex(
        (value, k) => !Number.isFinite(value) && own.valid[Math.floor(k / dimension)] === 1,
      );
      if (bad < 0) return;
      throw new GaitwayError(
        'motion/bad-latents',
        `${track.name}: row ${Math.floor(bad / dimension)} of its latents is marked valid but holds ${own.rows[bad]}; encode the clip again.`,
        { clip: track.name, frame: Math.floor(bad / dimension) },
      );
    }
    throw new GaitwayError(
      'motion/bad-latents',
      `${track.name} has ${track.frameCount} frames at ${track.rateHz} Hz, but its latents have the shape [${own?.frameCount ?? 0}, ${own?.dimension ?? 0}] where [${track.frameCount}, ${dimension}] is wanted; encode and build at one rate.`,
      { clip: track.name, frames: track.frameCount, rows: own?.frameCount ?? 0 },
    );
  });
  if (!latents.some(({ valid }) => valid.includes(1))) {
    throw new GaitwayError(
      'motion/no-valid-frames',
      `The latents mark no frame of the ${sources.length} clips as valid; encode longer clips.`,
      { clips: sources.length },
    );
  }
  // A row that may not be used may hold anything; the file holds numbers.
  const clean = latents.map((own) => ({
    ...own,
    rows: own.rows.map((value) => (Number.isFinite(value) ? value : 0)),
  }));
  return assemble(
    sources,
    clean,
    { kind: 'latents', encoder, encoderHash },
    [{ name: 'latent', channel: 'latent', offset: 0, size: dimension }],
    { mean: new Float64Array(dimension), factor: new Float64Array(dimension).fill(1) },
    'its latents are all marked invalid',
  );
}

function assertAlike(sources: readonly DatabaseSource[]): void {
  const first = sources[0];
  if (!first)
    throw new GaitwayError('motion/no-clips', 'A database needs at least one clip; none was given.');
  for (const { track, joints } of sources) {
    assertSameSkeleton(first.joints, joints, first.track.name, track.name, first.roles.pelvis);
    if (Math.abs(track.rateHz - first.track.rateHz) < 1e-9) continue;
    throw new GaitwayError(
      'motion/different-rates',
      `${track.name} has ${track.rateHz} frames per second and ${first.track.name} ${first.track.rateHz}; resample the clips to one rate first.`,
      { clip: track.name, rateHz: track.rateHz, first: first.track.rateHz },
    );
  }
}

function assemble(
  sources: readonly DatabaseSource[],
  features: readonly FeatureRows[],
  content: DatabaseContent,
  blocks: readonly DatabaseBlock[],
  { mean, factor }: { readonly mean: Float64Array; readonly factor: Float64Array },
  whyShort: string,
): BuiltDatabase {
  const warnings: Warning[] = [];
  const kept = sources.flatMap((source, index) => {
    if (features[index].valid.includes(1)) return [{ source, own: features[index] }];
    warnings.push({
      code: 'motion/clip-too-short',
      message: `${source.track.name} was left out: it has ${source.track.frameCount} frames, and ${whyShort}, so none of them can be used.`,
    });
    return [];
  });
  if (content.kind === 'features') {
    for (const name of content.flat) {
      warnings.push({
        code: 'motion/flat-block',
        message: `"${name}" is the same in every frame, so it counts for nothing in a search.`,
      });
    }
  }
  const { dimension } = features[0];
  const frameCount = kept.reduce((sum, { own }) => sum + own.frameCount, 0);
  const rows = new Float32Array(frameCount * dimension);
  const valid = new Uint8Array(frameCount);
  const contacts = new Uint8Array(2 * frameCount);
  const roots = new Float32Array(4 * frameCount);
  const clips: DatabaseClip[] = [];
  let start = 0;
  for (const { source, own } of kept) {
    const { track } = source;
    rows.set(own.rows, start * dimension);
    valid.set(own.valid, start);
    contacts.set(footContacts(track), 2 * start);
    for (let f = 0; f < track.frameCount; f++) {
      const at = 4 * (start + f);
      roots[at] = track.rootX[f];
      roots[at + 1] = track.rootZ[f];
      roots[at + 2] = track.facingX[f];
      roots[at + 3] = track.facingZ[f];
    }
    clips.push({
      name: track.name,
      source: source.source,
      start,
      frameCount: track.frameCount,
      validCount: own.valid.reduce((sum, value) => sum + value, 0),
      hash: sha256(
        new Uint8Array(track.positions.buffer, track.positions.byteOffset, track.positions.byteLength),
      ),
      mirrored: false,
      loops: false,
    });
    start += track.frameCount;
  }
  const { joints, roles, track } = kept[0].source;
  return {
    database: {
      rateHz: track.rateHz,
      dimension,
      frameCount,
      content,
      blocks,
      joints,
      roles,
      clips,
      rows,
      mean,
      factor,
      valid,
      contacts,
      roots,
      tags: [],
      tagMask: new Uint32Array(frameCount),
      costBias: new Float32Array(frameCount),
      continuingBias: new Float32Array(frameCount).fill(Number.NaN),
    },
    warnings,
  };
}
