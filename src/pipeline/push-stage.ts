import { basename } from 'node:path';
import { type PushOutcome, type PushReport, pullSkeleton, pushClip, pushEach } from '../bridge/index.js';
import { makeRate } from '../clip/index.js';
import { GaitwayError } from '../errors.js';
import { openDatabase } from './database-file.js';
import { type EditorLinkOptions, openEditorLink } from './editor-link.js';
import { openFeatureSchema } from './feature-schema-file.js';
import { nameAsset } from './name-asset.js';
import { openClip } from './open-clip.js';
import {
  type PushedDatabase,
  type PushedNormalizationSet,
  type PushedSchema,
  pushDatabase,
  pushNormalizationSet,
  pushSchema,
} from './push-schema.js';

export interface PushStageRequest extends EditorLinkOptions {
  /** Clip files, already on the target skeleton. */
  readonly clips: readonly string[];
  /** Motion databases, whose clips are pushed before or were. */
  readonly databases: readonly string[];
  /** Feature schemas by name or JSON file. */
  readonly schemas: readonly string[];
  readonly mirrorTable?: string;
  /** Name of a normalisation set to make of the databases. */
  readonly normalizationSet?: string;
  readonly components: number;
  /** Content folder; `content` of `gaitway.json` by default. */
  readonly to?: string;
  /** Content path of the skeleton; `skeleton` of `gaitway.json` by default. */
  readonly skeleton?: string;
  readonly rootMotion?: boolean;
  /** Tries to write 24, 25 and 50 frames a second as they are. */
  readonly keepRate?: boolean;
  /** Writes over animations that Gaitway did not make. */
  readonly force: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

export interface PushStageReport {
  readonly skeleton: string;
  /** One for each clip, in order. */
  readonly clips: readonly PushOutcome<PushReport>[];
  readonly schemas: readonly PushOutcome<PushedSchema>[];
  readonly databases: readonly PushOutcome<PushedDatabase>[];
  /** One where it was asked for. */
  readonly normalizationSets: readonly PushOutcome<PushedNormalizationSet>[];
}

/** One is prepared and sent while the editor writes the other. */
const CLIPS_AT_ONCE = 2;

/**
 * Pushes clip files into the open editor, one AnimSequence each, named after its file; then schemas and databases.
 *
 * What fails does not stop the rest; how each ended is in the report.
 *
 * @throws GaitwayError `push/same-name` where two files would make one asset, or what `openEditorLink` and
 *   `pullSkeleton` throw.
 */
export async function pushStage(request: PushStageRequest): Promise<PushStageReport> {
  const { clips, signal, onProgress } = request;
  const { session, project } = await openEditorLink(request);
  try {
    const folder = (request.to ?? project.config.content).replace(/\/+$/, '');
    const items = clips.map((file) => ({ ...nameAsset(file), file }));
    checkNames(items);
    const { defaultRate } = await session.capabilities();
    const skeleton = await pullSkeleton(session, request.skeleton ?? project.config.skeleton);
    let begun = 0;
    const outcomes = await pushEach(
      items.map((item) => ({ name: item.file, target: `${folder}/${item.asset}`, told: item.told })),
      async ({ name: file, target, told }) => {
        onProgress?.(begun++, items.length, basename(file));
        const clip = await openClip(file);
        const report = await pushClip(session, {
          clip,
          asset: target,
          skeleton,
          defaultRate: makeRate(defaultRate.numerator, defaultRate.denominator),
          force: request.force,
          keepRate: request.keepRate ?? false,
          ...(request.rootMotion !== undefined && { rootMotion: request.rootMotion }),
          ...(signal && { signal }),
        });
        return { ...report, warnings: [...clip.warnings, ...told, ...report.warnings] };
      },
      CLIPS_AT_ONCE,
    );
    const target = {
      session,
      folder,
      skeleton,
      components: request.components,
      force: request.force,
      ...(request.mirrorTable !== undefined && { mirrorTable: request.mirrorTable }),
    };
    const into = (names: readonly string[]) => names.map((name) => ({ name, target: folder }));
    const schemas = await pushEach(into(request.schemas), async ({ name }) =>
      pushSchema(await openFeatureSchema(name), basename(name), target),
    );
    const databases = await pushEach(into(request.databases), async ({ name }) =>
      pushDatabase(await openDatabase(name), name, target),
    );
    const pushed = databases.flatMap(({ result }) => (result ? [result.asset] : []));
    // A set of some of the databases would make costs look comparable that are not.
    const isWhole = pushed.length > 0 && pushed.length === databases.length;
    const sets = isWhole && request.normalizationSet !== undefined ? [request.normalizationSet] : [];
    return {
      skeleton: skeleton.path,
      clips: outcomes,
      schemas,
      databases,
      normalizationSets: await pushEach(into(sets), ({ name }) => pushNormalizationSet(name, pushed, target)),
    };
  } finally {
    session.close();
  }
}

function checkNames(items: readonly { readonly asset: string; readonly file: string }[]): void {
  const files = new Map<string, string>();
  for (const { asset, file } of items) {
    // Content names do not differ by case alone.
    const other = files.get(asset.toLowerCase());
    if (other !== undefined) {
      throw new GaitwayError(
        'push/same-name',
        `${other} and ${file} would both become the asset "${asset}"; push them to different folders or rename one. ` +
          'Nothing was pushed.',
        { files: [other, file], asset },
      );
    }
    files.set(asset.toLowerCase(), file);
  }
}
