import { z } from 'zod';
import { GaitwayError } from '../../errors.js';

const index = z.int().nonnegative();
const finite = z.number();
const name = z.string().optional();

const SparsePart = z.looseObject({ bufferView: index, byteOffset: index.optional() });

/** What is read of a glTF file; materials and pictures are not looked at. */
const Gltf = z.looseObject({
  asset: z.looseObject({ version: z.string(), extras: z.unknown().optional() }),
  extensionsRequired: z.array(z.string()).default([]),
  buffers: z.array(z.looseObject({ uri: z.string().optional(), byteLength: index })).default([]),
  bufferViews: z
    .array(
      z.looseObject({
        buffer: index,
        byteOffset: index.default(0),
        byteLength: index,
        byteStride: index.optional(),
        extensions: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default([]),
  accessors: z
    .array(
      z.looseObject({
        bufferView: index.optional(),
        byteOffset: index.default(0),
        componentType: z.int(),
        count: index,
        type: z.string(),
        normalized: z.boolean().optional(),
        sparse: z
          .looseObject({
            count: index,
            indices: SparsePart.extend({ componentType: z.int() }),
            values: SparsePart,
          })
          .optional(),
      }),
    )
    .default([]),
  nodes: z
    .array(
      z.looseObject({
        name,
        mesh: index.optional(),
        extras: z.unknown().optional(),
        children: z.array(index).default([]),
        translation: z.tuple([finite, finite, finite]).optional(),
        rotation: z.tuple([finite, finite, finite, finite]).optional(),
        scale: z.tuple([finite, finite, finite]).optional(),
        matrix: z.array(finite).length(16).optional(),
      }),
    )
    .default([]),
  /** Looked at for morph targets alone, and there with care. */
  meshes: z.array(z.unknown()).default([]),
  scene: index.optional(),
  scenes: z.array(z.looseObject({ extras: z.unknown().optional() })).default([]),
  skins: z.array(z.looseObject({ joints: z.array(index) })).default([]),
  animations: z
    .array(
      z.looseObject({
        name,
        extras: z.unknown().optional(),
        channels: z.array(
          z.looseObject({
            sampler: index,
            target: z.looseObject({
              node: index.optional(),
              path: z.string(),
              extensions: z.unknown().optional(),
            }),
          }),
        ),
        samplers: z.array(
          z.looseObject({ input: index, output: index, interpolation: z.string().default('LINEAR') }),
        ),
      }),
    )
    .default([]),
  extensions: z.record(z.string(), z.unknown()).optional(),
});

export type GltfJson = z.infer<typeof Gltf>;

/** Extensions that change nothing about nodes and their animation. */
const HARMLESS =
  /^(VRM|VRMC_\w+|KHR_materials_\w+|KHR_texture_\w+|EXT_texture_\w+|MSFT_texture_dds|KHR_lights_punctual|EXT_lights_\w+|KHR_draco_mesh_compression|KHR_mesh_quantization|EXT_mesh_gpu_instancing|KHR_xmp_json_ld|KHR_node_visibility|KHR_animation_pointer|(EXT|KHR)_meshopt_compression)$/;

/**
 * Checks the JSON of a glTF file.
 *
 * @throws GaitwayError `gltf/bad-json` naming the place, `gltf/old-version`, `gltf/unknown-extension` naming
 *   the extensions that the file requires.
 */
export function checkGltf(json: unknown, file: string): GltfJson {
  const parsed = Gltf.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new GaitwayError(
      'gltf/bad-json',
      `${file || 'The file'} is no proper glTF: ${issue.path.join('.') || 'the document'}: ${issue.message}.`,
      { file, path: issue.path.join('.') },
    );
  }
  const gltf = parsed.data;
  if (!gltf.asset.version.startsWith('2.')) {
    throw new GaitwayError(
      'gltf/old-version',
      `${file} is glTF ${gltf.asset.version.slice(0, 20)}; glTF 2 is read.`,
      { file },
    );
  }
  const unknown = gltf.extensionsRequired.filter((extension) => !HARMLESS.test(extension));
  if (unknown.length > 0) {
    throw new GaitwayError(
      'gltf/unknown-extension',
      `${file} requires ${unknown.join(', ').slice(0, 200)}, which is not known here; export it without.`,
      { file, extensions: unknown },
    );
  }
  return gltf;
}
