import { describe, expect, it } from 'vitest';
import { type Clip, validateClip, worldPoseOfFrame } from '../../../src/clip/index.js';
import { makeSearch } from '../../../src/motion/search/search.js';
import type { PlayedTick } from '../../../src/motion/simulate/controller.js';
import { gaitSpeeds } from '../../../src/motion/simulate/gait-speeds.js';
import { withoutClipEnds } from '../../../src/motion/simulate/jump-targets.js';
import { makePlayRecorder } from '../../../src/motion/simulate/played-clip.js';
import { randomSticks } from '../../../src/motion/simulate/random-sticks.js';
import { measureSource } from '../../../src/motion/simulate/scores/source-motion.js';
import { PLAY_SETTINGS, type PlaySettings } from '../../../src/motion/simulate/settings.js';
import { simulate } from '../../../src/motion/simulate/simulate.js';
import { standardPath } from '../../../src/motion/simulate/standard-paths.js';
import type { StickScript } from '../../../src/motion/simulate/stick-script.js';
import { type MadePlay, madeLibrary, madePlay, madeWalker, withNodeAbove } from './made-play.js';

const SPEEDS = { walk: 1.2, run: 3 };
const RANDOM = randomSticks({ seed: 3, seconds: 20, stands: false });

interface Played {
  readonly sticks?: StickScript;
  readonly seconds?: number;
  readonly settings?: Partial<PlaySettings>;
  readonly onTick?: (tick: PlayedTick, index: number) => void;
}

function play(
  { database, bank }: MadePlay,
  { sticks = RANDOM, seconds = 12, settings = {}, onTick }: Played = {},
) {
  return simulate(database, bank, {
    sticks,
    speeds: SPEEDS,
    seconds,
    settings: { ...PLAY_SETTINGS.tuned, ...settings },
    source: measureSource(database, bank, 60),
    ...(onTick && { onTick }),
  });
}

describe('withoutClipEnds', () => {
  it('lets no jump land where little is left to play, but in loops', () => {
    const { database } = madePlay([madeWalker({ frames: 91 })]);
    const { valid } = withoutClipEnds(database, 1 / 3);
    expect([...valid].lastIndexOf(1)).toBe(80);
    expect(valid[81]).toBe(2);
    const looped = madePlay([madeWalker({ frames: 91 })], { loop: true }).database;
    expect(withoutClipEnds(looped, 1 / 3).valid).toEqual(looped.valid);
  });

  it('refuses clips that are shorter than that', () => {
    const { database } = madePlay([madeWalker({ frames: 9 })]);
    expect(() => withoutClipEnds(database, 1 / 3)).toThrow(
      expect.objectContaining({ code: 'simulate/nothing-to-play' }),
    );
  });
});

describe('gaitSpeeds', () => {
  it('finds the walk and the run, or that there is but one gait', () => {
    const both = gaitSpeeds(madeLibrary().database);
    expect(both.walk).toBeCloseTo(1.2, 1);
    expect(both.run).toBeCloseTo(3, 1);
    expect(both).toMatchObject({ standing: 0, stands: false });
    const one = gaitSpeeds(madePlay([madeWalker({ speed: 2 })]).database);
    expect(one.walk).toBeCloseTo(2, 1);
    expect(one.run).toBe(one.walk);
  });

  it('knows frames that stand, and asks a database of nothing else to walk', () => {
    const still = gaitSpeeds(madePlay([madeWalker({ speed: 0 })]).database);
    expect(still).toMatchObject({ standing: 1, stands: true, walk: 1.2, run: 1.2 });
  });
});

describe('simulate', () => {
  const made = madeLibrary();

  it.each(['tuned', 'published'] as const)('plays twice alike, with the %s controller', (name) => {
    const once = () => {
      const way: number[] = [];
      const settings = PLAY_SETTINGS[name];
      const { scores, chosenRows } = play(made, {
        settings,
        onTick: ({ root, world }) => way.push(root.x, root.z, root.yaw, ...world.positions),
      });
      return { scores, chosen: [...chosenRows], way };
    };
    const [a, b] = [once(), once()];
    expect(b).toEqual(a);
    expect(a.way.every(Number.isFinite)).toBe(true);
    expect(a.scores.jumps.perSecond).toBeGreaterThan(0.5);
    expect(a.chosen.reduce((sum, count) => sum + count, 0)).toBe(Math.round(a.scores.jumps.perSecond * 12));
  });

  it('goes where the sticks lead, and keeps near to the game’s point', () => {
    let [root, point] = [
      { x: 0, z: 0, yaw: 0 },
      { x: 0, z: 0, yaw: 0 },
    ];
    const { scores } = play(made, {
      sticks: standardPath('square', SPEEDS),
      seconds: 15,
      onTick: (tick) => {
        root = { ...tick.root };
        point = { x: tick.point.x, z: tick.point.z, yaw: tick.point.yaw };
      },
    });
    expect(Math.hypot(root.x - point.x, root.z - point.z)).toBeLessThan(0.15 + 1e-9);
    expect(scores.trajectory.meanCm).toBeLessThan(8);
    expect(scores.lockIns.idle).toBe(0);
    expect(scores.response.turns).toBeGreaterThan(2);
  });

  it('lies beside the point without adjustment, and slides more without the lock', () => {
    const plain = play(made);
    const loose = play(made, { settings: { adjust: false, pace: false } });
    expect(loose.scores.trajectory.meanCm).toBeGreaterThan(2 * plain.scores.trajectory.meanCm);
    const unlocked = play(made, { settings: { lock: false } });
    expect(unlocked.scores.slide.locked).toEqual(unlocked.scores.slide.free);
    // Locking feet changes nothing of what is searched and played.
    expect(unlocked.scores.slide.free).toEqual(plain.scores.slide.free);
    expect(plain.scores.slide.locked.speedCm).toBeLessThan(plain.scores.slide.free.speedCm);
  });

  it('jumps less where jumps cost more, and searches less at a lower rate', () => {
    const count = (settings: Partial<PlaySettings>): number =>
      play(made, { settings }).scores.jumps.perSecond;
    expect(count({ transitionCost: 50 })).toBeLessThan(count({ transitionCost: 0 }));
    let searches = 0;
    const { database, bank } = made;
    simulate(database, bank, {
      sticks: standardPath('straight', SPEEDS),
      speeds: SPEEDS,
      seconds: 3,
      settings: { ...PLAY_SETTINGS.tuned, searchSeconds: 0.5 },
      source: measureSource(database, bank, 60),
      searchIn: (playable) => {
        const search = makeSearch(playable);
        return {
          ...search,
          find: (query, options) => {
            searches++;
            return search.find(query, options);
          },
        };
      },
    });
    expect(searches).toBeGreaterThanOrEqual(6);
    expect(searches).toBeLessThanOrEqual(14);
  });

  it('plays a loop on and on without a jump', () => {
    const loop = madePlay([madeWalker({ frames: 91 })], { loop: true });
    const { scores } = play(loop, { sticks: standardPath('straight', SPEEDS), seconds: 9 });
    expect(scores.jumps.perSecond).toBeLessThan(0.5);
    expect(scores.trajectory.meanCm).toBeLessThan(8);
  });

  it('plays mirror images', () => {
    const rightOnly = madePlay([madeWalker(), madeWalker({ name: 'right', turn: -1.2 })], { mirror: true });
    let mirrored = 0;
    play(rightOnly, {
      sticks: standardPath('circle', SPEEDS),
      onTick: ({ head }) => {
        if (rightOnly.database.clips[head.clip]?.mirrored) mirrored++;
      },
    });
    expect(mirrored).toBeGreaterThan(300);
  });
});

describe('makePlayRecorder', () => {
  const made = madeLibrary();

  it('takes down what was seen, as a valid clip with its contacts', () => {
    const recorder = makePlayRecorder(made.bank.body, 90, 60);
    const seen: Float64Array[] = [];
    const stands: number[] = [];
    play(made, {
      seconds: 1.5,
      onTick: (tick, index) => {
        recorder.add(tick, index);
        seen.push(tick.world.positions.slice());
        stands.push(tick.contacts[0] as number);
      },
    });
    const clip: Clip = recorder.clip('played');
    expect(() => validateClip(clip)).not.toThrow();
    expect(clip).toMatchObject({ name: 'played', frameCount: 90, rate: { numerator: 60, denominator: 1 } });
    expect([...(clip.curves[0]?.values ?? [])]).toEqual(stands);
    for (const frame of [0, 50, 89]) {
      const { positions } = worldPoseOfFrame(clip, frame);
      positions.forEach((value, k) => {
        expect(value).toBeCloseTo(seen[frame]?.[k] as number, 9);
      });
    }
  });

  it('carries a joint above the pelvis along with the root, so that the clip has root motion', () => {
    const above = madePlay([madeWalker(), madeWalker({ name: 'left', turn: 1.2 })].map(withNodeAbove));
    const recorder = makePlayRecorder(above.bank.body, 60, 60);
    const roots: { x: number; z: number }[] = [];
    const hips: number[][] = [];
    play(above, {
      seconds: 1,
      onTick: (tick, index) => {
        recorder.add(tick, index);
        roots.push({ x: tick.root.x, z: tick.root.z });
        hips.push([...tick.world.positions.subarray(0, 3)]);
      },
    });
    const clip = recorder.clip('played');
    expect(() => validateClip(clip)).not.toThrow();
    for (const frame of [0, 30, 59]) {
      const { positions } = worldPoseOfFrame(clip, frame);
      const wanted = [roots[frame]?.x, 0, roots[frame]?.z, ...(hips[frame] ?? [])];
      wanted.forEach((value, k) => {
        expect(positions[k]).toBeCloseTo(value as number, 9);
      });
    }
  });
});
