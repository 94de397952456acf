import { describe, expect, it } from 'vitest';
import { analyseDatabase } from '../../../src/motion/analyse/analyse-database.js';
import { STRETCH_STATES } from '../../../src/motion/analyse/clip-strips.js';
import { buildDatabase } from '../../../src/motion/database/build.js';
import { BUILT_IN_SCHEMAS } from '../../../src/motion/features/built-in-schemas.js';
import { madeSource } from '../made-sources.js';
import { line, rowsDatabase } from './made-rows.js';

const code = (name: string) => expect.objectContaining({ code: name });
const walks = Array.from({ length: 6 }, (_, c) =>
  madeSource({
    name: `walk ${c}`,
    frames: 120,
    speed: 0.8 + 0.4 * c,
    turn: 0.3 * (c % 3),
    cadence: 1.5 + 0.1 * c,
  }),
);
const { database } = buildDatabase(
  [...walks, madeSource({ name: 'stand', frames: 100, speed: 0 })],
  BUILT_IN_SCHEMAS.holden(),
  {
    ends: 'mask',
  },
);

describe('analyseDatabase', () => {
  it('refuses a database without a usable frame, and choices of another one', () => {
    const dead = { ...database, valid: new Uint8Array(database.frameCount) };
    expect(() => analyseDatabase(dead)).toThrow(code('analyse/no-usable-frames'));
    expect(() => analyseDatabase(database, { chosen: new Uint32Array(3) })).toThrow(
      code('analyse/bad-choices'),
    );
  });

  it('looks at every usable frame of a small database, and says the same twice', () => {
    const analysis = analyseDatabase(database);
    const usable = 6 * (120 - 31) + 100 - 31;
    expect(analysis.sample).toEqual({ probes: usable, usableFrames: usable, seed: 1 });
    expect(analysis.dead.share).toBeCloseTo(1 - usable / database.frameCount, 9);
    expect(analysis.idle?.asked).toBe(69);
    expect(analysis).toEqual(analyseDatabase(database));
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
  });

  it('draws some of a larger one by its seed, the last usable frame of each clip among them', () => {
    const few = analyseDatabase(database, { probes: 60 });
    expect(few.sample.probes).toBeGreaterThanOrEqual(60);
    expect(few.sample.probes).toBeLessThanOrEqual(67);
    expect(analyseDatabase(database, { probes: 60 })).toEqual(few);
    expect(analyseDatabase(database, { probes: 60, seed: 2 })).not.toEqual(few);
  });

  it('draws clips in stretches that leave no gap', () => {
    for (const { seconds, secondsOf, stretches } of analyseDatabase(database).strips) {
      expect(stretches[0].from).toBe(0);
      stretches.slice(1).forEach(({ from }, k) => {
        expect(from).toBe(stretches[k].to);
      });
      expect(stretches.at(-1)?.to).toBeCloseTo(seconds, 9);
      expect(STRETCH_STATES.reduce((sum, state) => sum + secondsOf[state], 0)).toBeCloseTo(seconds, 9);
    }
  });

  it('says of latents what can be said of them', () => {
    const latents = rowsDatabase([line(40, [0, 0], [1, 0]), line(40, [0, 3], [1, 0.1])]);
    const analysis = analyseDatabase(latents);
    expect(analysis.idle).toBeUndefined();
    expect(analysis.transitions.jumpCm).toBeUndefined();
    expect(analysis.unreal).toMatchObject({ byComponents: [], suggested: undefined });
    expect(analysis.map.points).toHaveLength(80);
    expect(analysis.map.shownShare).toBeCloseTo(1, 4);
  });

  it('passes on what play chose', () => {
    const chosen = new Uint32Array(database.frameCount).fill(1);
    expect(analyseDatabase(database, { probes: 60, chosen }).playedChoices?.chosenShare).toBe(1);
  });
});
