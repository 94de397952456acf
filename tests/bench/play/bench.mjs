/**
 * The scoreboard of play: the locomotion library is played by random sticks, three seeds of 15 minutes.
 *
 * Bars are what a headless port of the controller published with "Learned Motion Matching" scored on ten times as much
 * of the same motion; jerk is a ratio to the clips' own. Nothing is timed but the searches.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStage, simulateStage } from '../../../dist/pipeline/index.js';

const LIBRARY = fileURLToPath(new URL('../../../../shared/data/locomotion', import.meta.url));
const SCHEMAS = [
  ['hand-made', 'hand-made'],
  ['sure feet', fileURLToPath(new URL('sure-feet.json', import.meta.url))],
];
const CONTROLLERS = ['published', 'tuned'];

/** Rows as in the bench of `formats/`. */
export async function bench() {
  if (!existsSync(LIBRARY)) {
    return [
      { what: 'play', input: 'shared/data/locomotion', skipped: 'the library is not beside the checkout' },
    ];
  }
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-bench-play-'));
  try {
    const rows = [];
    for (const [name, schema] of SCHEMAS) {
      for (const mirror of [false, true]) {
        const database = join(folder, `${name}${mirror ? ' mirrored' : ''}.gwdb`);
        await buildStage({ clips: [LIBRARY], out: database, schema, mirror });
        for (const controller of CONTROLLERS) {
          const input = `${name}${mirror ? ', mirrored' : ''}, ${controller}`;
          rows.push(...(await score(database, controller, input)));
        }
      }
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function score(database, controller, input) {
  const { report, timing } = await simulateStage({
    database,
    path: 'random',
    gait: 'walk',
    seconds: 900,
    seeds: [1, 2, 3],
    controller,
    changes: {},
  });
  const [{ scores }] = report.summary;
  const { jumps, trajectory, slide, response, jerk } = scores;
  // Bars are for the controller that is shipped; the published one is there to be compared with.
  const row = (what, unit, ours, atMost) => ({
    what,
    input,
    ours,
    unit,
    ...(controller === 'tuned' && atMost !== undefined && { bar: { atMost } }),
  });
  return [
    row('jumps', '/s', jumps.perSecond, 4.2),
    row('jump of the pose, rms', 'cm', jumps.placeRmsCm),
    row('trajectory error', 'cm', trajectory.meanCm, 3.1),
    row('slide before the lock', 'cm/s', slide.free.speedCm, 54.2),
    row('slide 0.4 s after a jump', 'cm/s', slide.free.settledCm, 20.6),
    row('slide after the lock', 'cm/s', slide.locked.speedCm),
    row('response beyond the spring', 's', response.seconds - response.springSeconds, 0.1),
    row('jerk / clips', '', jerk.free / jerk.source, 1.614),
    row('jerk / clips as played', '', jerk.free / jerk.played),
    row('search, mean', 'µs', timing.meanMicros),
  ];
}
