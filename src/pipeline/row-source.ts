import { dirname, relative, resolve, sep } from 'node:path';
import { GaitwayError } from '../errors.js';
import {
  type BuildOptions,
  type DatabaseBuilder,
  type FeatureRows,
  type FeatureSchema,
  layoutOf,
  makeFeatureBuilder,
  makeLatentBuilder,
  playedLatents,
  type SchemaSubject,
  validateSchema,
} from '../motion/index.js';
import { openEncoder } from './encode-stage.js';
import { encoderHash } from './encoder-hash.js';
import { openFeatureSchema } from './feature-schema-file.js';
import { needsOf, type TrackOptions } from './motion-track-of-file.js';
import { readLatents } from './read-latents.js';

export interface RowRequest {
  readonly out: string;
  /** Name of a built-in feature schema, a JSON file, or the schema itself. */
  readonly schema: string | FeatureSchema;
  /** Frames per second; the schema's or encoder's own by default. */
  readonly rateHz?: number;
  /** Folder of an encoder whose latents are searched instead of the schema's features. */
  readonly encoder?: string;
  /** Folder of latents, one `.npy` a clip, to be searched instead of the schema's features. */
  readonly latents?: string;
  /** Joint that the root is, instead of what the schema says. */
  readonly rootJoint?: string;
  /** How clips end, and whether their mirror images are added. */
  readonly options: BuildOptions;
}

/** Where the rows of a database come from, and how its clips are to be opened for them. */
export interface RowSource {
  /** Name of the schema, or `latents`. */
  readonly name: string;
  readonly open: Omit<TrackOptions, 'name'>;
  readonly builder: DatabaseBuilder;
  /** Latents of a clip that were made before. */
  readonly latentsOf?: (name: string) => Promise<FeatureRows>;
  /** @throws GaitwayError `motion/schema-mismatch` with everything that the skeleton lacks. */
  readonly checkSkeleton: (subject: SchemaSubject) => void;
}

/**
 * Opens what the rows of a database are made with.
 *
 * @throws GaitwayError those of `openFeatureSchema` and `openEncoder`, and `motion/latents-as-they-are` where latents that
 *   were made before would have to be mirrored or looped.
 */
export async function rowSource(request: RowRequest): Promise<RowSource> {
  const { out, rateHz, encoder: encoderFolder, latents: folder, options } = request;
  const { mirror = false } = options;
  const any = (): void => undefined;
  if (encoderFolder !== undefined) {
    const { encoder, boneMaps } = await openEncoder(encoderFolder);
    const latents = {
      encoder: fromFolderOf(out, encoderFolder),
      encoderHash: await encoderHash(encoderFolder),
      latentsOf: (track: Parameters<typeof playedLatents>[1]): FeatureRows => {
        const { latents: rows, valid } = playedLatents(encoder, track);
        return { frameCount: track.frameCount, dimension: encoder.dim, rows, valid };
      },
    };
    return {
      name: 'latents',
      open: { rateHz: rateHz ?? encoder.plan.rateHz, boneMaps, roles: encoder.plan.roles },
      builder: makeLatentBuilder(latents, { mirror }),
      checkSkeleton: any,
    };
  }
  const given = await openFeatureSchema(request.schema);
  const schema = request.rootJoint === undefined ? given : { ...given, rootJoint: request.rootJoint };
  if (folder !== undefined) {
    if (mirror) {
      throw new GaitwayError(
        'motion/latents-as-they-are',
        `${folder} holds latents of the clips as they are, not of their mirror images; build with --encoder instead.`,
        { folder },
      );
    }
    return {
      name: 'latents',
      open: { rateHz: rateHz ?? schema.rateHz },
      builder: makeLatentBuilder({ encoder: fromFolderOf(out, folder), encoderHash: '' }),
      latentsOf: (name) => readLatents(folder, name),
      checkSkeleton: any,
    };
  }
  return {
    name: schema.name,
    open: { rateHz: rateHz ?? schema.rateHz, ...needsOf(layoutOf(schema)) },
    builder: makeFeatureBuilder(schema, options),
    checkSkeleton: (subject) => {
      const faults = validateSchema(schema, subject);
      if (faults.length === 0) return;
      throw new GaitwayError(
        'motion/schema-mismatch',
        `The schema "${schema.name}" does not fit these clips:\n${faults.map(({ message }) => `- ${message}`).join('\n')}`,
        { schema: schema.name, faults },
      );
    },
  };
}

/** A path from the folder of the file `out`, with `/` between folders, so that both can be moved together. */
export const fromFolderOf = (out: string, path: string): string =>
  relative(dirname(resolve(out)), resolve(path))
    .split(sep)
    .join('/');
