import { GaitwayError, type Warning } from '../../errors.js';
import { type ExtractOptions, extractFeatures, type FeatureRows } from '../features/extract.js';
import type { BlockSource, FeatureBlock } from '../features/feature-block.js';
import { layoutOf, reachOf } from '../features/layout.js';
import type { MotionTrack } from '../features/motion-track.js';
import { fitNormalisation, normaliseRows } from '../features/normalise.js';
import type { FeatureSchema } from '../features/schema.js';
import {
  type BuiltDatabase,
  type ClipOptions,
  type DatabaseBuilder,
  type DatabaseSource,
  makeBuilder,
} from './builder.js';

export interface BuildOptions extends ExtractOptions, ClipOptions {}

/**
 * A builder of a database of hand-made features: clips of one skeleton come in one by one, and their tracks can be
 * forgotten. Equal clips in equal order give equal numbers.
 *
 * Clips without a single usable frame are left out and told in `warnings`.
 */
export function makeFeatureBuilder(schema: FeatureSchema, options: BuildOptions = {}): DatabaseBuilder {
  const layout = layoutOf(schema);
  const finish = (features: readonly FeatureRows[]) => {
    const { mean, factor, flat } = fitNormalisation(layout, features);
    return {
      content: { kind: 'features', schema, flat },
      blocks: layout.blocks.map(({ name, channel, time, offset, size }) => ({
        name,
        channel: schema.channels[channel].type,
        channelIndex: channel,
        ...(time !== undefined && { time }),
        offset,
        size,
      })),
      mean,
      factor,
      warnings: warningsOfFlat(
        layout.blocks.filter(({ name, source }) => flat.includes(name) && !isAlwaysFlat(source)),
      ),
      normalise: (rows: Float32Array) => normaliseRows({ mean, factor }, rows),
    } as const;
  };
  const whyShort = (rateHz: number): string => {
    const { past, future } = reachOf(layout, rateHz);
    return options.ends === 'unreal'
      ? 'its last 0.3 s are left out'
      : `its features look ${past} frames back and ${future} ahead`;
  };
  return makeBuilder((track) => extractFeatures(track, layout, options), finish, whyShort, options);
}

function warningsOfFlat(blocks: readonly FeatureBlock[]): Warning[] {
  if (blocks.length === 0) return [];
  const names = blocks.map(({ name }) => `"${name}"`).join(', ');
  const [are, count] = blocks.length > 1 ? ['are', 'they count'] : ['is', 'it counts'];
  return [
    {
      code: 'motion/flat-block',
      message: `${names} ${are} the same in every frame, so ${count} for nothing in a search.`,
    },
  ];
}

/** The root seen from itself never changes: Unreal's default schema asks for that, and nobody needs to be told. */
const isAlwaysFlat = (source: BlockSource): boolean =>
  (source.quantity === 'position' || source.quantity === 'heading') &&
  source.joint === undefined &&
  source.time === source.originTime;

/**
 * Makes one database of several clips of the same skeleton, from hand-made features.
 *
 * @throws GaitwayError `motion/no-clips`, `motion/different-skeletons`, `motion/different-rates`,
 *   `motion/no-valid-frames`, `motion/all-excluded`, `motion/too-many-tags`, and those of `extractFeatures`.
 * @see makeFeatureBuilder, which takes the clips one by one.
 */
export function buildDatabase(
  sources: readonly DatabaseSource[],
  schema: FeatureSchema,
  options: BuildOptions = {},
): BuiltDatabase {
  const builder = makeFeatureBuilder(schema, options);
  for (const source of sources) builder.add(source);
  return builder.finish();
}

/** Where the latents of a database come from, and where they are found again. */
export interface LatentSource {
  /** Makes the rows of a clip that does not bring its own, as many as it has frames. */
  readonly latentsOf?: (track: MotionTrack) => FeatureRows;
  /** Folder of the encoder or of its latents, from the database's own folder. */
  readonly encoder: string;
  /** SHA-256 of the encoder's file; empty where the latents were given without it. */
  readonly encoderHash: string;
}

/**
 * A builder of a database of latents, one row a frame.
 *
 * Latents are compared as they are: no mean is taken away and nothing is scaled. Only latents that are made here can be
 * those of a mirror image.
 *
 * @throws GaitwayError on `add` and `finish` those of a `DatabaseBuilder`, and `motion/bad-latents` where rows do not fit
 *   the clips or a valid row is not finite.
 */
export function makeLatentBuilder(
  { latentsOf, encoder, encoderHash }: LatentSource,
  { mirror = false }: Pick<ClipOptions, 'mirror'> = {},
): DatabaseBuilder {
  let dimension = 0;
  const rowsOf = (track: MotionTrack, { latents }: DatabaseSource): FeatureRows => {
    const own = latents ?? latentsOf?.(track);
    if (dimension === 0) dimension = own?.dimension ?? 0;
    const checked = checkedLatents(track, own, dimension);
    // A row that may not be used may hold anything; the file holds numbers.
    return { ...checked, rows: checked.rows.map((value) => (Number.isFinite(value) ? value : 0)) };
  };
  const finish = (latents: readonly FeatureRows[]) => {
    if (latents.length === 0) {
      throw new GaitwayError(
        'motion/no-valid-frames',
        'The latents mark no frame of any clip as valid; encode longer clips.',
      );
    }
    return {
      content: { kind: 'latents', encoder, encoderHash },
      blocks: [{ name: 'latent', channel: 'latent', offset: 0, size: dimension }],
      mean: new Float64Array(dimension),
      factor: new Float64Array(dimension).fill(1),
      warnings: [],
      normalise: () => undefined,
    } as const;
  };
  return makeBuilder(rowsOf, finish, () => 'its latents are all marked invalid', { mirror });
}

function checkedLatents(track: MotionTrack, own: FeatureRows | undefined, dimension: number): FeatureRows {
  if (own?.frameCount !== track.frameCount || own.dimension !== dimension || dimension === 0) {
    throw new GaitwayError(
      'motion/bad-latents',
      `${track.name} has ${track.frameCount} frames at ${track.rateHz} Hz, but its latents have the shape [${own?.frameCount ?? 0}, ${own?.dimension ?? 0}] where [${track.frameCount}, ${dimension}] is wanted; encode and build at one rate.`,
      { clip: track.name, frames: track.frameCount, rows: own?.frameCount ?? 0 },
    );
  }
  const bad = own.rows.findIndex(
    (value, k) => !Number.isFinite(value) && own.valid[Math.floor(k / dimension)] === 1,
  );
  if (bad < 0) return own;
  throw new GaitwayError(
    'motion/bad-latents',
    `${track.name}: row ${Math.floor(bad / dimension)} of its latents is marked valid but holds ${own.rows[bad]}; encode the clip again.`,
    { clip: track.name, frame: Math.floor(bad / dimension) },
  );
}

/**
 * Makes one database of several clips of the same skeleton, from latents, in the order of the clips.
 *
 * @throws GaitwayError those of `buildDatabase`, and `motion/bad-latents`.
 * @see makeLatentBuilder, which takes the clips one by one.
 */
export function buildLatentDatabase(
  sources: readonly DatabaseSource[],
  latents: readonly FeatureRows[],
  encoder: string,
  encoderHash = '',
): BuiltDatabase {
  const builder = makeLatentBuilder({ encoder, encoderHash });
  sources.forEach((source, c) => {
    builder.add({ ...source, latents: latents[c] });
  });
  return builder.finish();
}
