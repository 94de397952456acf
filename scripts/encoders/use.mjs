/** An encoder in use: how a database of its latents plays, and what a query takes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkRunner } from '../../dist/motion/encoder/network.js';
import { buildStage, openEncoder, readManifest, simulateStage } from '../../dist/pipeline/index.js';

/** Random sticks on all clips of a manifest; without an encoder's folder by hand-made features. */
export async function playOf(manifest, encoder, seconds) {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-encoders-'));
  try {
    const database = join(folder, 'clips.gwdb');
    const clips = (await readManifest(manifest)).map(({ file }) => file);
    await buildStage({ clips, out: database, schema: 'hand-made', ...(encoder && { encoder }) });
    const { report } = await simulateStage({
      database,
      path: 'random',
      gait: 'walk',
      seconds,
      seeds: [1],
      controller: 'tuned',
      changes: {},
    });
    const { jumps, trajectory, slide, response, jerk } = report.summary[0].scores;
    return {
      jumpsPerSecond: jumps.perSecond,
      errorCm: trajectory.meanCm,
      slideCm: slide.free.speedCm,
      jerk: jerk.free / jerk.source,
      responseSeconds: response.seconds - response.springSeconds,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const QUERIES = 500;
const ROUNDS = 9;

/** Microseconds of one query, the best of several rounds; the numbers of the network. */
export async function queryMicros(folder) {
  const { network } = (await openEncoder(folder)).encoder;
  const { inputs, outputs } = network.architecture;
  const row = Float64Array.from({ length: inputs }, (_, i) => Math.sin(i));
  const answer = new Float64Array(outputs);
  const ask = networkRunner(network);
  let micros = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    for (let n = 0; n < QUERIES; n++) ask(row, answer);
    micros = Math.min(micros, (1000 * (performance.now() - from)) / QUERIES);
  }
  const weights = network.arrays.reduce((sum, { length }) => sum + length, network.shortcut?.length ?? 0);
  return { micros, weights };
}
