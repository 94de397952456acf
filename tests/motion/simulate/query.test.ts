import { describe, expect, it } from 'vitest';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { type FeatureSchema, parseFeatureSchema } from '../../../src/motion/features/schema.js';
import type { PoseBank } from '../../../src/motion/simulate/pose-bank.js';
import { makeQueryWriter, type PathAt } from '../../../src/motion/simulate/query.js';
import { madePlay, madeWalker } from './made-play.js';

const EVERYTHING = parseFeatureSchema({
  name: 'all that a path can be asked',
  channels: [
    {
      type: 'trajectory',
      samples: [
        { time: -0.5, position: true, velocity: true, velocityDirection: true, facing: true },
        { time: 0.5, position: 'all', velocity: 'all', facing: 'all' },
      ],
    },
    { type: 'position', time: 0.4, originTime: -0.3, keep: 'all' },
    { type: 'velocity', time: 0.2, originTime: 0.2 },
    { type: 'heading', time: 0.3, originTime: 0.1 },
    { type: 'position', role: 'handL', originRole: 'head' },
    { type: 'position', role: 'handR', query: 'character', keep: 'height' },
    { type: 'velocity', role: 'footL', space: 'character', time: -0.1 },
    { type: 'pose', joints: [{ role: 'footL', rotation: true }, { joint: 'RightHand' }] },
  ],
});

/** The path of a clip itself from a frame on, with velocities as its schema takes them. */
function pathOfClip({ root }: PoseBank, frame: number, rateHz: number, over: number | undefined): PathAt {
  const [back, ahead] = over === undefined ? [1, 1] : [over * rateHz, 0];
  const [before, after] = [
    { x: 0, z: 0, yaw: 0 },
    { x: 0, z: 0, yaw: 0 },
  ];
  return (seconds, out) => {
    const place = frame + seconds * rateHz;
    root.at(0, place - back, before);
    root.at(0, place + ahead, after);
    root.at(0, place, out);
    out.velocityX = ((after.x - before.x) * rateHz) / (back + ahead);
    out.velocityZ = ((after.z - before.z) * rateHz) / (back + ahead);
  };
}

describe('makeQueryWriter', () => {
  it('refuses latents', () => {
    const { database, bank } = madePlay([madeWalker()]);
    const latents = { ...database, content: { kind: 'latents', encoder: '', encoderHash: '' } as const };
    expect(() => makeQueryWriter(latents, bank.body, 'clip')).toThrow(
      expect.objectContaining({ code: 'simulate/latent-database' }),
    );
  });

  it.each<[string, FeatureSchema]>([
    ['Holden’s schema', BUILT_IN_SCHEMAS.holden()],
    ['Unreal’s schema', BUILT_IN_SCHEMAS.ue54()],
    ['a schema of everything', EVERYTHING],
  ])('asks with a row of the database where the path is the clip’s own: %s', (_, schema) => {
    const { database, bank, clips } = madePlay([madeWalker({ turn: 0.7, speed: 1.4 })], { schema });
    const query = new Float32Array(database.dimension);
    const root = { x: 0, z: 0, yaw: 0 };
    const frame = 60;
    bank.root.at(0, frame, root);
    const writer = makeQueryWriter(database, bank.body, 'clip');
    const places = new Float64Array(3 * bank.body.kept.length);
    // Where the figure is asked for, it is given the clip's own hand.
    const hand = clips[0]?.skeleton.joints.findIndex(({ name }) => name === 'RightHand') ?? -1;
    const asked = database.blocks.find(({ name }) => name === 'handR position');
    if (asked) {
      const at = frame * database.dimension + asked.offset;
      places[3 * hand + 1] = database.rows[at] / database.factor[asked.offset] + database.mean[asked.offset];
    }
    writer.write(frame, root, pathOfClip(bank, frame, database.rateHz, schema.velocityOver), places, query);
    const row = database.rows.subarray(frame * database.dimension, (frame + 1) * database.dimension);
    // Rows take straight lines between frames where paths are smooth: a centimetre, or one per second.
    for (let k = 0; k < query.length; k++) {
      expect(Math.abs(query[k] - row[k])).toBeLessThanOrEqual(0.01 * database.factor[k]);
    }
    expect(writer.past).toBe(schema === EVERYTHING ? 0.5 : schema.name === 'ue54' ? 0.4 : 0);
  });

  it('follows the path that is wished, and leaves the pose alone', () => {
    const { database, bank } = madePlay([madeWalker(), madeWalker({ name: 'left', turn: 0.7 })]);
    const query = new Float32Array(database.dimension);
    const still: PathAt = (_, out) => Object.assign(out, { x: 0, z: 0, yaw: 0, velocityX: 0, velocityZ: 0 });
    makeQueryWriter(database, bank.body, 'clip').write(
      60,
      { x: 0, z: 0, yaw: 0 },
      still,
      new Float64Array(99),
      query,
    );
    for (const { name, offset, size } of database.blocks) {
      for (let k = offset; k < offset + size; k++) {
        const raw = query[k] / database.factor[k] + database.mean[k];
        if (name.startsWith('trajectory position')) expect(raw).toBeCloseTo(0, 5);
        else if (name.startsWith('trajectory facing')) expect(raw).toBeCloseTo(k - offset, 5);
        else expect(query[k]).toBe(database.rows[60 * database.dimension + k]);
      }
    }
  });

  it('knows the places of joints from the figure where it is told so', () => {
    const { database, bank } = madePlay([madeWalker()]);
    const query = new Float32Array(database.dimension);
    const places = new Float64Array(3 * bank.body.kept.length);
    const foot = bank.body.roles.footL ?? -1;
    // A metre to the left and two ahead of a root that faces +X, whose left is −Z.
    places.set([5 + 2, 0.1, 7 - 1], 3 * foot);
    const root = { x: 5, z: 7, yaw: Math.PI / 2 };
    const still: PathAt = (_, out) => Object.assign(out, root, { velocityX: 0, velocityZ: 0 });
    makeQueryWriter(database, bank.body, 'figure').write(60, root, still, places, query);
    const { offset } = database.blocks.find(({ name }) => name === 'footL position') ?? { offset: -1 };
    const raw = [0, 1, 2].map(
      (k) => query[offset + k] / database.factor[offset + k] + database.mean[offset + k],
    );
    [1, 0.1, 2].forEach((wanted, k) => {
      expect(raw[k]).toBeCloseTo(wanted, 4);
    });
  });
});
