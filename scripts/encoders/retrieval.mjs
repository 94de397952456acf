/** Retrieval of encoders on a manifest's test clips, with three kinds of queries. */

import { seededRandom } from '../../dist/math/random.js';
import { drawBends } from '../../dist/motion/encoder/bent-path.js';
import {
  bendByDraws,
  databaseLatents,
  predictPath,
  queryLatents,
  scoreRetrieval,
} from '../../dist/motion/index.js';
import { motionTrackOfFile, openEncoder, readManifest } from '../../dist/pipeline/index.js';

const RATE_HZ = 30;
const KINDS = ['true', 'noisy', 'predicted'];
/** Draws of the noise: any; they are the same for every encoder. */
const SEED = 500;

/** Opens the clips; `add` encodes them, and `scores` scores all that was added. */
export async function openRetrieval(manifest) {
  const sides = { train: [], test: [] };
  for (const { name, file, split, label, roles } of await readManifest(manifest)) {
    const { track } = await motionTrackOfFile(file, {
      rateHz: RATE_HZ,
      name,
      ...(roles && { boneMaps: [roles] }),
    });
    sides[split].push({ track, label });
  }
  const latents = [];
  return {
    async add(name, folder) {
      const { encoder } = await openEncoder(folder);
      const rows = ({ frameCount }, { latents: own, valid }) => ({
        frameCount,
        dimension: encoder.dim,
        rows: own,
        valid,
      });
      const database = sides.train.map(({ track }) => rows(track, databaseLatents(encoder, track)));
      for (const kind of KINDS) {
        const bendOf = (track, n) =>
          kind === 'noisy'
            ? bendByDraws(drawBends(track.frameCount, 1, seededRandom(SEED + n)))
            : kind === 'predicted'
              ? predictPath(track)
              : undefined;
        const queries = sides.test.map(({ track }, n) =>
          rows(track, queryLatents(encoder, track, bendOf(track, n))),
        );
        latents.push({ name: `${name}/${kind}`, database, queries });
      }
    },
    scores() {
      const { methods } = scoreRetrieval({
        database: sides.train,
        queries: sides.test,
        latents,
        progress: (method) => console.error(`scores ${method}`),
      });
      const method = (name) => methods.find((score) => score.method === name);
      return {
        handMade: { true: method('hand-made (unit weights)') },
        of: (name) => Object.fromEntries(KINDS.map((kind) => [kind, method(`${name}/${kind}`)])),
      };
    },
  };
}
