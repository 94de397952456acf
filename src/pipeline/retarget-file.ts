import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import { bake, type Clip, rateFromHz, type Scene } from '../clip/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import {
  type Body,
  type BoneMap,
  givenBy,
  isProfileName,
  RETARGET_VERSION,
  type RetargetReport,
  type RootMode,
  retargetClip,
} from '../retarget/index.js';
import { bodyOfScene } from './body-of-scene.js';
import { type ClipFormat, encodeClips } from './encode-clips.js';
import { findTake, openScene } from './open-file.js';
import { safeFileName, uniqueFileNames } from './output-names.js';
import { type MapEnd, type OpenedBody, openTarget } from './target.js';
import { writeFileAtomic } from './write-file.js';

/** What changes the numbers of a retarget. */
export interface RetargetSettings {
  /** A built-in skeleton's name, or a file with a skeleton. */
  readonly target: string;
  readonly formats: readonly ClipFormat[];
  /** Name or number of the one take to carry over; all of them by default. */
  readonly clip?: string;
  readonly map?: BoneMap;
  readonly contacts: boolean;
  readonly root: RootMode;
  readonly travel: 'scaled' | 'unscaled';
  readonly trimCalibration: boolean;
  /** Frames per second; each clip's own by default. */
  readonly rateHz?: number;
  /** Unit and up axis of sources that state none; guessed by default. */
  readonly unit?: string;
  readonly up?: 'y' | 'z';
  /** Unit of a target that states none. */
  readonly targetUnit?: string;
}

/** One file to retarget, as plain data. */
export interface RetargetJob {
  readonly file: string;
  /** Where its outputs go, below `out`, without ending. */
  readonly stem: string;
  readonly out: string;
  readonly settings: RetargetSettings;
  readonly force: boolean;
  readonly dryRun: boolean;
}

export interface RetargetedClip extends Omit<RetargetReport, 'warnings'> {
  readonly take: string;
  /** Paths of what was written, or would be. */
  readonly outputs: readonly string[];
  readonly warnings: readonly Warning[];
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** What became of one file. */
export interface RetargetedFile {
  readonly file: string;
  readonly family: string;
  readonly state: 'done' | 'unchanged' | 'failed';
  readonly clips: readonly RetargetedClip[];
  readonly failures: readonly Failure[];
}

/** Kept beside the outputs, so that a second run finds them made. */
const OutputRecord = z.strictObject({
  key: z.string(),
  family: z.string(),
  // The key says that this very program wrote them; only their being there is looked at.
  clips: z.array(
    z.custom<RetargetedClip>((clip) => typeof clip === 'object' && clip !== null && 'take' in clip),
  ),
  /** Size in bytes of every output, by path. */
  sizes: z.record(z.string(), z.number()),
});
type OutputRecord = z.infer<typeof OutputRecord>;

/**
 * Carries every take of a file over and writes the results; what fails is told, never thrown.
 *
 * A file whose outputs are there, made from the same bytes with the same settings, is left as it is.
 */
export async function retargetFile(job: RetargetJob): Promise<RetargetedFile> {
  try {
    return await retargetWholeFile(job);
  } catch (error) {
    return { file: job.file, family: 'unknown', state: 'failed', clips: [], failures: [failureOf(error)] };
  }
}

async function retargetWholeFile(job: RetargetJob): Promise<RetargetedFile> {
  const { file, settings } = job;
  const key = await keyOf(job);
  const recordPath = join(job.out, '.gaitway', `${job.stem}.json`);
  if (!job.force && !job.dryRun) {
    const record = await usableRecord(recordPath, key);
    if (record) return { file, family: record.family, state: 'unchanged', clips: record.clips, failures: [] };
  }
  const { map, unit, up } = settings;
  const scene = await openScene(file, { ...(unit !== undefined && { unit }), ...(up && { up }) });
  const body = bodyOfScene(scene, map && givenBy(map, 'source', scene.skeleton));
  const target = await targetFor(settings, scene);
  const targetClip = target.scene && target.scene.takes.length > 0 ? bake(target.scene) : undefined;
  const takes = settings.clip === undefined ? scene.takes.map((_, i) => i) : [findTake(scene, settings.clip)];
  if (takes.length === 0) {
    throw new GaitwayError('clip/no-take', `${file} has a skeleton but no animation.`, { file });
  }
  const stems = takeStems(scene, job.stem);
  const clips: RetargetedClip[] = [];
  const failures: Failure[] = [];
  for (const take of takes) {
    try {
      const { rateHz } = settings;
      const clip = bake(scene, { take, ...(rateHz !== undefined && { rate: rateFromHz(rateHz) }) });
      const carried = retargetClip(clip, body, target.skeleton, target.body, {
        contacts: settings.contacts,
        root: settings.root,
        travel: settings.travel,
        trimCalibration: settings.trimCalibration,
        ...(targetClip && { targetClip }),
      });
      const { outputs, warnings } = await write(job, stems[take] as string, carried.clip);
      clips.push({
        ...carried.report,
        take: clip.name,
        outputs,
        warnings: [...body.warnings, ...carried.report.warnings, ...warnings],
      });
    } catch (error) {
      failures.push(failureOf(error));
    }
  }
  if (!job.dryRun && failures.length === 0) await keepRecord(recordPath, key, body, clips);
  return { file, family: body.family, state: failures.length > 0 ? 'failed' : 'done', clips, failures };
}

/** A file with one take gives one output of its name; with several, a folder of its name. */
function takeStems(scene: Scene, stem: string): string[] {
  if (scene.takes.length < 2) return [stem];
  const names = scene.takes.map(({ name }, i) => safeFileName(name === '' ? `take_${i}` : name));
  return uniqueFileNames(names).map((name) => join(stem, name));
}

const COMMON_UNITS = [0.01, 1];

/**
 * The target, in the unit that it means.
 *
 * A BVH states no unit. One with the very joints of the source comes from the same program: where its size
 * alone would make it inches or another rare unit (a child, half a person), it is taken to be in the source's
 * unit.
 */
async function targetFor({ target, targetUnit, map }: RetargetSettings, source: Scene): Promise<OpenedBody> {
  const mapped: MapEnd | undefined = map && { map, end: 'target' };
  const opened = await openTarget(target, mapped, targetUnit);
  const { unitMetres, format } = source.source;
  const isRare =
    opened.scene?.source.format === 'bvh' && !COMMON_UNITS.includes(opened.scene.source.unitMetres);
  if (targetUnit !== undefined || !isRare || format !== 'bvh' || !COMMON_UNITS.includes(unitMetres))
    return opened;
  const [a, b] = [opened.skeleton.joints, source.skeleton.joints];
  const sameJoints = a.length === b.length && a.every(({ name }, j) => name === b[j].name);
  return sameJoints ? openTarget(target, mapped, String(unitMetres)) : opened;
}

async function write(
  job: RetargetJob,
  stem: string,
  clip: Clip,
): Promise<{ outputs: string[]; warnings: Warning[] }> {
  const outputs: string[] = [];
  const warnings: Warning[] = [];
  for (const format of job.settings.formats) {
    const path = join(job.out, `${stem}.${format}`);
    outputs.push(path);
    if (job.dryRun) continue;
    const written = await encodeClips([clip], format);
    warnings.push(...written.warnings);
    await writeFileAtomic(path, written.bytes, { force: job.force });
  }
  return { outputs, warnings };
}

/** Hash of everything that the outputs depend on. */
async function keyOf({ file, settings }: RetargetJob): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ version: RETARGET_VERSION, settings }));
  for (const path of isProfileName(settings.target) ? [file] : [file, settings.target]) {
    hash.update(await readFile(path).catch(() => ''));
    for (const beside of await filesBeside(path)) hash.update(await readFile(beside).catch(() => ''));
  }
  return hash.digest('hex');
}

/** Buffers that a .gltf refers to, as they lie beside it. */
async function filesBeside(path: string): Promise<string[]> {
  if (extname(path).toLowerCase() !== '.gltf') return [];
  try {
    const { buffers = [] } = JSON.parse(await readFile(path, 'utf8')) as { buffers?: { uri?: unknown }[] };
    return buffers.flatMap(({ uri }) =>
      typeof uri === 'string' && !uri.startsWith('data:')
        ? [resolve(dirname(path), decodeURIComponent(uri))]
        : [],
    );
  } catch {
    // What is wrong with the file is told where it is opened.
    return [];
  }
}

async function usableRecord(path: string, key: string): Promise<OutputRecord | undefined> {
  try {
    const record = OutputRecord.parse(JSON.parse(await readFile(path, 'utf8')));
    if (record.key !== key) return undefined;
    for (const [output, size] of Object.entries(record.sizes)) {
      if ((await stat(output)).size !== size) return undefined;
    }
    return record;
  } catch {
    // No record, or one that is damaged: the file is made anew.
    return undefined;
  }
}

async function keepRecord(
  path: string,
  key: string,
  body: Body,
  clips: readonly RetargetedClip[],
): Promise<void> {
  const sizes: { [path: string]: number } = {};
  for (const output of clips.flatMap(({ outputs }) => outputs)) sizes[output] = (await stat(output)).size;
  const record: OutputRecord = { key, family: body.family, clips: [...clips], sizes };
  await writeFileAtomic(path, `${JSON.stringify(record, null, 2)}\n`, { force: true });
}

function failureOf(error: unknown): Failure {
  if (error instanceof GaitwayError) return { code: error.code, message: error.message };
  return { code: 'internal/unexpected', message: error instanceof Error ? error.message : String(error) };
}
