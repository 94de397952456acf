import { describe, expect, it } from 'vitest';
import { chooseEngine } from '../../../src/motion/encoder/engine/choose.js';
import { inputBlocks, writeInput } from '../../../src/motion/encoder/inputs.js';
import { sizeOfBlocks } from '../../../src/motion/encoder/rows.js';
import { trainLinear } from '../../../src/motion/encoder/train-linear.js';
import { along, directionOf } from '../../../src/motion/insight/direction.js';
import { latentMap } from '../../../src/motion/insight/latent-map.js';
import { momentsOf } from '../../../src/motion/insight/moments.js';
import { nearestMoments } from '../../../src/motion/insight/nearest-moments.js';
import { saliency } from '../../../src/motion/insight/saliency.js';
import { strongestMoments } from '../../../src/motion/insight/strongest-moments.js';
import { usualInputs } from '../../../src/motion/insight/usual-inputs.js';
import { codeOf, madeWalks } from '../encoder/made-clips.js';
import { madeWalk } from '../made-tracks.js';

const SETTINGS = { dim: 6, seed: 1, noiseShare: 0 };
const tracks = [
  ...madeWalks(8),
  madeWalk({ name: 'run', frames: 121, speed: 3.5, cadence: 2.5 }),
  madeWalk({ name: 'run left', frames: 121, speed: 3.2, turn: 0.9, cadence: 2.5 }),
];
const encoder = trainLinear(tracks, SETTINGS);
const moments = momentsOf(encoder, tracks);

describe('moments', () => {
  it('are the frames with enough of the clip around them, every few of them where there are many', () => {
    expect(moments.trackOf.length).toBe(10 * (121 - 12 - 30));
    const fewer = momentsOf(encoder, tracks, 300);
    expect(fewer.trackOf.length).toBeLessThanOrEqual(300);
    expect(new Set(fewer.trackOf).size).toBe(10);
    expect(fewer.queries.length).toBe(6 * fewer.trackOf.length);
  });

  it('refuses clips that are all too short', async () => {
    const short = [madeWalk({ frames: 20 })];
    expect(await codeOf(() => momentsOf(encoder, short))).toBe('explain/too-short');
  });
});

describe('directions', () => {
  it('have unit spread about the mean, whatever they lead to', () => {
    for (const name of ['latent:0', 'latent:-3', 'tag:run', 'tag:turn-left']) {
      const direction = directionOf(name, moments);
      const count = moments.trackOf.length;
      const values = Array.from({ length: count }, (_, i) =>
        along(direction, moments, moments.queries, 6 * i),
      );
      const mean = values.reduce((sum, value) => sum + value, 0) / count;
      const square = values.reduce((sum, value) => sum + value * value, 0) / count;
      expect(mean).toBeCloseTo(0, 4);
      expect(square).toBeCloseTo(1, 4);
    }
  });

  it('turn round with the sign of a latent', () => {
    const [there, back] = ['latent:2', 'latent:-2'].map((name) => directionOf(name, moments).weights);
    expect([...back]).toEqual(Array.from(there, (weight) => -weight || 0));
  });

  it('lead towards moments with the tag', () => {
    const found = strongestMoments(moments, directionOf('tag:run', moments), 4);
    expect(found.every(({ clip }) => clip.startsWith('run'))).toBe(true);
    expect(found[0].along).toBeGreaterThan(found[3].along);
    expect(found[0].along).toBeGreaterThan(1);
  });

  it.each([
    ['latent:6', 'numbered 0 to 5'],
    ['tag:jump', 'tag: with idle'],
    ['run', 'tag: with idle'],
    ['tag:strafe-left', 'no moment has this tag'],
  ])('refuses %s and says what there is', (name, words) => {
    expect(() => directionOf(name, moments)).toThrow(words);
  });
});

describe('neighbours', () => {
  it('are the moments of the same phase of the same walk before all others, and half a second apart', () => {
    const [track] = tracks;
    const frame = 45;
    const i = moments.frameOf.findIndex((f, n) => f === frame && moments.trackOf[n] === 0);
    const latent = moments.queries.subarray(6 * i, 6 * i + 6);
    const found = nearestMoments(moments, track, frame, latent, 5);
    expect(found.map(({ distance }) => distance)).toEqual(
      found.map(({ distance }) => distance).sort((a, b) => a - b),
    );
    for (const { clip, seconds } of found)
      if (clip === track.name) expect(Math.abs(seconds - frame / 30)).toBeGreaterThanOrEqual(0.5);
    expect(found[0].futureCm).toBeLessThan(found[4].futureCm + 20);
    expect(nearestMoments(moments, track, frame, latent, 1000).length).toBeLessThan(100);
  });
});

describe('the map', () => {
  it('shows the first two principal components, with where each moment is from', () => {
    const map = latentMap(moments, 200);
    expect(map.points.length).toBeLessThanOrEqual(200);
    expect(map.shownShare).toBeGreaterThan(0.3);
    expect(map.shownShare).toBeLessThanOrEqual(1);
    expect(new Set(map.points.map(({ gait }) => gait))).toEqual(new Set(['walk', 'run']));
    const meanX = map.points.reduce((sum, { x }) => sum + x, 0) / map.points.length;
    expect(Math.abs(meanX)).toBeLessThan(1);
  });
});

describe('saliency', () => {
  it('of a linear map is the length of its weights, latent by latent', async () => {
    const { engine } = await chooseEngine('cpu');
    const seen = await saliency(engine, encoder, moments);
    const inputs = sizeOfBlocks(inputBlocks(encoder.plan));
    const shortcut = encoder.network.shortcut as Float32Array;
    const columns = [0, 1, 2].map((k) => k + 3 * encoder.plan.roles.indexOf('footL'));
    let square = 0;
    for (const column of columns)
      for (let k = 0; k < 6; k++) square += (shortcut[column * 6 + k] / moments.spread[k]) ** 2;
    const foot = seen.find((part) => part.part === 'footL' && part.what === 'place' && part.seconds === 0);
    expect(foot?.weight).toBeCloseTo(Math.sqrt(square), 4);
    expect(seen.length).toBe(2 * encoder.plan.roles.length + 2 * encoder.plan.pathAhead.length);
    expect(inputs).toBe(shortcut.length / 6);
  });
});

describe('usual inputs', () => {
  it('lie near, and strange ones far out', () => {
    const usual = usualInputs(encoder, moments);
    const size = sizeOfBlocks(inputBlocks(encoder.plan));
    const row = new Float64Array(size);
    writeInput(tracks[2], 40, encoder.plan, row);
    const x = row.map((value, k) => (value - encoder.scaling.mean[k]) * encoder.scaling.scale[k]);
    expect(usual.distance(x)).toBeLessThan(usual.edge * 1.2);
    const strange = x.map((value, k) => value + (k % 2 === 0 ? 2 : -2));
    expect(usual.distance(strange)).toBeGreaterThan(3 * usual.edge);
  });

  it('change together as they do in real moments', () => {
    const usual = usualInputs(encoder, moments);
    const { roles } = encoder.plan;
    const ahead = (role: string): number => 3 * roles.length + 3 * roles.indexOf(role) + 2;
    const gradient = new Float64Array(usual.mean.length);
    gradient[ahead('pelvis')] = 1;
    const change = usual.usualChange(gradient);
    // A faster pelvis goes with a faster spine and a path that reaches farther.
    expect(change[ahead('spine1')]).toBeGreaterThan(0);
    expect(change[6 * roles.length + 1]).toBeGreaterThan(0);
  });
});
