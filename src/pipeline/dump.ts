import { frameTime, rateHz, type Scene } from '../clip/index.js';
import { AFFINE_SIZE, rotationOfAffine } from '../math/affine.js';

/** Digits after the point: a nanometre, and far below a millionth of a degree. */
const DIGITS = 9;

export interface DumpRequest {
  /** Index into the scene's takes; −1 for the rest pose. */
  readonly take: number;
  /** Seconds from the take's start. */
  readonly times: readonly number[];
}

/** A part of a frame by which a length may fall short: times stored as float32 do, after some minutes. */
const SHORT_BY = 1e-3;

/** Times of all poses of a take at `hz` frames per second, or at its own rate. */
export function timesOfTake(scene: Scene, take: number, hz?: number): number[] {
  const facts = scene.takes[take];
  if (!facts) return [0];
  const step = hz === undefined ? frameTime(facts.rate) : 1 / hz;
  const count = hz === undefined ? facts.frameCount : Math.floor(facts.duration / step + SHORT_BY) + 1;
  return Array.from({ length: count }, (_, i) => i * step);
}

/**
 * World positions (metres) and rotations of all joints at some times, as one JSON document.
 *
 * The scene itself is asked, unbaked, so that poses between frames are those of the file.
 */
export function dumpScene(scene: Scene, { take, times }: DumpRequest): string {
  const { joints } = scene.skeleton;
  const facts = scene.takes[take];
  const matrices = new Float64Array(AFFINE_SIZE * joints.length);
  const positions: string[] = [];
  const rotations: string[] = [];
  const place: string[] = new Array(joints.length);
  const turn: string[] = new Array(joints.length);
  for (const time of times) {
    scene.evaluate(take, time, matrices);
    for (let j = 0; j < joints.length; j++) {
      const at = AFFINE_SIZE * j;
      place[j] = row([matrices[at + 9], matrices[at + 10], matrices[at + 11]]);
      turn[j] = row(rotationOfAffine(matrices, at).rotation);
    }
    positions.push(`[${place.join(',')}]`);
    rotations.push(`[${turn.join(',')}]`);
  }
  const head = {
    file: scene.source.file,
    format: scene.source.format,
    clip: facts?.name ?? null,
    // Readers of dumps take a list here for one of several clips; a file's only clip is named by `clip`.
    ...(scene.takes.length > 1 && { clips: scene.takes.map(({ name }) => name) }),
    rateHz: facts ? rateHz(facts.rate) : null,
    frameCount: facts?.frameCount ?? 0,
    durationSeconds: facts?.duration ?? 0,
    unitMetres: scene.source.unitMetres,
    joints: joints.map(({ name, parent, sourceName }) => ({
      name,
      parent,
      ...(sourceName !== name && { sourceName }),
    })),
    times,
    warnings: scene.warnings,
  };
  return `${JSON.stringify(head).slice(0, -1)},"positions":[${positions.join(',\n')}],"rotations":[${rotations.join(',\n')}]}`;
}

const row = (values: readonly number[]): string => `[${values.map((v) => v.toFixed(DIGITS)).join(',')}]`;
