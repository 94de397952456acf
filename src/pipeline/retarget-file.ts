import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { bake, type Clip, rateFromHz, type Scene } from '../clip/index.js';
import { GaitwayError, type Warning } from '../errors.js';
import {
  type BoneMap,
  givenBy,
  type HandWish,
  isProfileName,
  RETARGET_VERSION,
  type RetargetReport,
  type RootMode,
  retargetClip,
  type SoleMode,
  type SolveQuality,
  type StretchChain,
} from '../retarget/index.js';
import type { FileDone, FileJob } from './batch.js';
import { bodyOfScene } from './body-of-scene.js';
import { type ClipFormat, encodeClips } from './encode-clips.js';
import { type Failure, failureOf } from './failure.js';
import { findTake } from './open-clip.js';
import { openScene } from './open-file.js';
import { takeStems } from './output-names.js';
import { keepTold, keyOfInputs, toldBefore } from './output-record.js';
import { standingPose } from './standing-pose.js';
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
  /** Poses in which the bodies stand alike, see `standingPose`; found by default. */
  readonly sourcePose?: string;
  readonly targetPose?: string;
  readonly contacts: boolean;
  readonly quality: SolveQuality;
  readonly soles: SoleMode;
  readonly hands: readonly HandWish[];
  readonly footCurves: boolean;
  /** Carries the mirror image over; its file has `_mirrored` behind its name. */
  readonly mirror: boolean;
  readonly root: RootMode;
  readonly travel: 'scaled' | number;
  readonly stretch: readonly StretchChain[];
  readonly trimCalibration: boolean;
  /** Frames per second; each clip's own by default. */
  readonly rateHz?: number;
  /** Unit and up axis of sources that state none; guessed by default. */
  readonly unit?: string;
  readonly up?: 'y' | 'z';
  /** Factor for the lengths of sources that state another unit than they use. */
  readonly scale?: number;
  /** Unit of a target that states none. */
  readonly targetUnit?: string;
}

/** One file to retarget, as plain data. */
export interface RetargetJob extends FileJob<RetargetSettings> {
  readonly dryRun: boolean;
}

export interface RetargetedClip extends Omit<RetargetReport, 'warnings'> {
  readonly take: string;
  /** Paths of what was written, or would be. */
  readonly outputs: readonly string[];
  readonly warnings: readonly Warning[];
}

/** What became of one file. */
export interface RetargetedFile extends FileDone {
  readonly family: string;
  readonly clips: readonly RetargetedClip[];
}

/** What is kept of a file; the record's key says that this very program wrote it. */
const Told = z.strictObject({
  family: z.string(),
  clips: z.array(
    z.custom<RetargetedClip>((clip) => typeof clip === 'object' && clip !== null && 'take' in clip),
  ),
});

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
  const key = await keyOfInputs(
    { version: RETARGET_VERSION, settings },
    [file, settings.target, settings.sourcePose, settings.targetPose].flatMap((path) =>
      path !== undefined && !isProfileName(path) && existsSync(path) ? [path] : [],
    ),
  );
  const suffix = settings.mirror ? '_mirrored' : '';
  const recordPath = join(job.out, '.gaitway', `${job.stem}${suffix}.json`);
  if (!job.force && !job.dryRun) {
    const told = await toldBefore(recordPath, key, Told);
    if (told) return { file, ...told, state: 'unchanged', failures: [] };
  }
  const { map, unit, up, scale } = settings;
  const scene = await openScene(file, {
    ...(unit !== undefined && { unit }),
    ...(up && { up }),
    ...(scale !== undefined && { scale }),
  });
  const body = bodyOfScene(scene, map && givenBy(map, 'source', scene.skeleton));
  const target = await targetFor(settings, scene);
  const targetPose =
    settings.targetPose === undefined
      ? undefined
      : await standingPose(settings.targetPose, target.skeleton, target.scene);
  const targetClip = target.scene && target.scene.takes.length > 0 ? bake(target.scene) : undefined;
  const takes = settings.clip === undefined ? scene.takes.map((_, i) => i) : [findTake(scene, settings.clip)];
  if (takes.length === 0) {
    throw new GaitwayError('clip/no-take', `${file} has a skeleton but no animation.`, { file });
  }
  const stems = takeStems(
    scene.takes.map(({ name }) => name),
    job.stem,
  );
  const clips: RetargetedClip[] = [];
  const failures: Failure[] = [];
  for (const take of takes) {
    try {
      const { rateHz } = settings;
      const clip = bake(scene, { take, ...(rateHz !== undefined && { rate: rateFromHz(rateHz) }) });
      const sourcePose =
        settings.sourcePose === undefined
          ? undefined
          : await standingPose(settings.sourcePose, clip.skeleton, scene, clip);
      const carried = retargetClip(clip, body, target.skeleton, target.body, {
        contacts: settings.contacts,
        quality: settings.quality,
        soles: settings.soles,
        hands: settings.hands,
        footCurves: settings.footCurves,
        mirror: settings.mirror,
        root: settings.root,
        travel: settings.travel,
        stretch: settings.stretch,
        trimCalibration: settings.trimCalibration,
        ...(sourcePose && { sourcePose }),
        ...(targetPose && { targetPose }),
        ...(targetClip && { targetClip }),
      });
      const { outputs, warnings } = await write(job, `${stems[take]}${suffix}`, carried.clip);
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
  if (!job.dryRun && failures.length === 0) {
    const outputs = clips.flatMap((clip) => clip.outputs);
    await keepTold(recordPath, key, { family: body.family, clips }, outputs);
  }
  return { file, family: body.family, state: failures.length > 0 ? 'failed' : 'done', clips, failures };
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
