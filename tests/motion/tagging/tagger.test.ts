import type { Tensor2D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseEngine } from '../../../src/motion/encoder/engine/choose.js';
import type { Engine } from '../../../src/motion/encoder/engine/engine.js';
import { trainLinear } from '../../../src/motion/encoder/train-linear.js';
import { footContacts } from '../../../src/motion/features/contacts.js';
import { decodeTags } from '../../../src/motion/tagging/decode-tags.js';
import type { LabelledGroup } from '../../../src/motion/tagging/frame-labels.js';
import { scoreTags } from '../../../src/motion/tagging/score-tags.js';
import { segmenter } from '../../../src/motion/tagging/segmenter.js';
import { standardTrack } from '../../../src/motion/tagging/standard-track.js';
import { type Tagger, tagShares } from '../../../src/motion/tagging/tagger.js';
import {
  readTaggerCheckpoint,
  writeTaggerCheckpoint,
} from '../../../src/motion/tagging/tagger-checkpoint.js';
import { readTagger, writeTagger } from '../../../src/motion/tagging/tagger-file.js';
import { scores, taggerParameters } from '../../../src/motion/tagging/tagging-loss.js';
import { type TaggerSettings, trainTagger } from '../../../src/motion/tagging/train-tagger.js';
import {
  type LabelledTrack,
  makeRowWriter,
  WINDOW,
  windowsOf,
  writeWindow,
} from '../../../src/motion/tagging/windows.js';
import { codeOf, madeWalks } from '../encoder/made-clips.js';
import { madeWalk } from '../made-tracks.js';

const alone = (tag: string): LabelledGroup => ({ name: tag, tags: [tag], labels: [[tag]], optional: true });
const GROUPS: LabelledGroup[] = [
  alone('contact-left'),
  alone('contact-right'),
  { name: 'gait', tags: ['slow', 'fast'], labels: [['slow'], ['fast']], optional: false },
];
const SETTINGS: TaggerSettings = {
  seed: 3,
  steps: 40,
  stepsAnEpoch: 100,
  batch: 4,
  learningRate: 1e-2,
  weightDecay: 1e-2,
  patience: 3,
  family: 'lenet',
  heldOutShare: 0.1,
};

/** Walks with the contacts that geometry tells, and whether they are slow. */
function labelledWalks(count: number): LabelledTrack[] {
  return madeWalks(count).map((track, n) => {
    const contacts = footContacts(track);
    const foot = (side: number): Uint8Array =>
      Uint8Array.from({ length: track.frameCount }, (_, f) => 1 - contacts[2 * f + side]);
    return {
      track,
      labels: [foot(0), foot(1), new Uint8Array(track.frameCount).fill(n % 5 < 2 ? 0 : 1)],
    };
  });
}

describe('windowsOf', () => {
  it('learns every frame of every clip, and no window holds frames of two', () => {
    const clips = labelledWalks(3);
    const writeRow = () => undefined;
    const x = new Float32Array(WINDOW);
    const y = new Float32Array(WINDOW * 6);
    for (const shift of [0, 0.5, 0.999]) {
      let labels = 0;
      for (const { clip, start } of windowsOf(clips, () => shift))
        labels += writeWindow(clips[clip], start, GROUPS, writeRow, x, y);
      expect(labels).toBe(3 * clips.reduce((sum, { track }) => sum + track.frameCount, 0));
    }
  });
});

describe('trainTagger', () => {
  let engine: Engine;
  let tagger: Tagger;
  beforeAll(async () => {
    engine = (await chooseEngine('wasm')).engine;
    ({ tagger } = await trainTagger(engine, labelledWalks(6), GROUPS, SETTINGS));
  }, 300_000);

  it('learns where feet stand and which walks are slow', () => {
    const clips = labelledWalks(9).slice(6);
    const found = clips.map(({ track, labels }) => ({
      found: decodeTags(GROUPS, tagShares(tagger, track), track.frameCount),
      truth: labels,
    }));
    for (const { accuracy } of scoreTags(GROUPS, found)) expect(accuracy).toBeGreaterThan(0.85);
  });

  it('gives without any library what the trainer gives, to 1e-5', async () => {
    const [{ track }] = labelledWalks(1);
    const body = tagger.body.architecture;
    const short = { ...track, frameCount: WINDOW, positions: track.positions.slice(0, WINDOW * 24) };
    const architecture = { body, overTime: segmenter(body.outputs, 6, WINDOW) };
    const x = new Float32Array(WINDOW * body.inputs);
    const writeRow = makeRowWriter(tagger.plan, tagger.scaling);
    for (let f = 0; f < WINDOW; f++) writeRow(standardTrack(short, tagger.standard), f, x, f * body.inputs);
    const arrays = [...tagger.body.arrays, ...tagger.overTime];
    const compiled = await engine.compile({
      inputs: [...arrays.map(({ length }) => [length]), [WINDOW, body.inputs]],
      outputs: (tf, tensors) => {
        const parameters = tensors
          .slice(0, -1)
          .map((flat, n) => tf.reshape(flat, [...taggerParameters(architecture)[n].shape]));
        const logits = scores(tf, architecture, parameters, tensors.at(-1) as Tensor2D, 1);
        const pairs = tf.reshape(logits, [3 * WINDOW, 2]);
        return [tf.softmax(pairs)];
      },
    });
    const [theirs] = await compiled.run([...arrays, x]);
    const ours = tagShares(tagger, short);
    expect(ours).toHaveLength(theirs.length);
    ours.forEach((share, k) => {
      expect(Math.abs(share - theirs[k])).toBeLessThan(1e-5);
    });
  });

  it('tags a clip that is too long for one pass as it tags its parts', () => {
    const track = madeWalk({ frames: 2500, speed: 1, cadence: 1 });
    const tail = madeWalk({ frames: 2100, speed: 1, cadence: 1 });
    const [whole, first] = [tagShares(tagger, track), tagShares(tagger, tail)];
    // Those near its end see another future.
    for (let k = 0; k < 6 * 2050; k++) expect(whole[k]).toBeCloseTo(first[k], 4);
  });

  it('tags a body of another size and height alike', () => {
    const [{ track }] = labelledWalks(1);
    const giant = {
      ...track,
      positions: track.positions.map((value, k) => 2 * value + (k % 3 === 1 ? 0.7 : 0)),
      rootX: track.rootX.map((x) => 2 * x),
      rootZ: track.rootZ.map((z) => 2 * z),
    };
    const [own, others] = [tagShares(tagger, track), tagShares(tagger, giant)];
    own.forEach((share, k) => {
      expect(others[k]).toBeCloseTo(share, 4);
    });
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const bytesOf = async (seed: number): Promise<Uint8Array> => {
      const settings = { ...SETTINGS, seed, steps: 4 };
      const again = await trainTagger(engine, labelledWalks(4), GROUPS, settings);
      return writeTagger({ tagger: again.tagger, boneMaps: [], record: {} });
    };
    expect(await bytesOf(5)).toEqual(await bytesOf(5));
    expect(await bytesOf(5)).not.toEqual(await bytesOf(6));
  }, 300_000);

  it('goes on from the checkpoint of its last whole epoch to the same bytes', async () => {
    const settings = { ...SETTINGS, steps: 9, stepsAnEpoch: 3 };
    const clips = labelledWalks(10);
    const whole = await trainTagger(engine, clips, GROUPS, settings);
    expect(whole.curve.map(({ heldOut }) => typeof heldOut)).toEqual(['number', 'number', 'number']);
    const abort = new AbortController();
    let kept = new Uint8Array();
    const stopped = trainTagger(engine, clips, GROUPS, settings, {
      signal: abort.signal,
      onEpoch: async (state) => {
        kept = Uint8Array.from(writeTaggerCheckpoint(state, 'key'));
        if (state.curve.length === 2) abort.abort();
      },
    });
    expect(await codeOf(() => stopped)).toBe('encoder/cancelled');
    const resume = readTaggerCheckpoint(kept, 'key', 'a.gwtrain');
    expect(resume?.curve).toEqual(whole.curve.slice(0, 2));
    const resumed = await trainTagger(engine, clips, GROUPS, settings, { ...(resume && { resume }) });
    expect(resumed.curve).toEqual(whole.curve);
    expect(resumed.tagger).toEqual(whole.tagger);
    expect(readTaggerCheckpoint(kept, 'other', 'a.gwtrain')).toBeUndefined();
    kept[kept.length - 3] ^= 1;
    expect(await codeOf(() => readTaggerCheckpoint(kept, 'key', 'a.gwtrain'))).toBe('encoder/damaged-file');
  }, 300_000);

  it('is read back as it was written, and refused where it was damaged', async () => {
    const bytes = writeTagger({ tagger, boneMaps: [{ pelvis: 'Hips' }], record: {} });
    const read = readTagger(bytes, 'a.gwtag');
    expect(read.tagger).toEqual(tagger);
    expect(read.boneMaps).toEqual([{ pelvis: 'Hips' }]);
    bytes[bytes.length - 3] ^= 1;
    expect(await codeOf(() => readTagger(bytes, 'a.gwtag'))).toBe('encoder/damaged-file');
  });

  it('says why it cannot learn', async () => {
    const clips = labelledWalks(4);
    const slow = clips.map((clip) => ({
      ...clip,
      labels: [...clip.labels.slice(0, 2), new Uint8Array(121)],
    }));
    const linear = trainLinear(
      clips.map(({ track }) => track),
      { dim: 4, seed: 1, noiseShare: 0 },
    );
    const other = { ...linear, plan: { ...linear.plan, rateHz: 60 } };
    const training = (some: readonly LabelledTrack[], hooks = {}, groups = GROUPS) =>
      codeOf(() => trainTagger(engine, some, groups, SETTINGS, hooks));
    expect(await training(clips.slice(0, 1))).toBe('tagger/too-few-clips');
    expect(await training(slow)).toBe('tagger/nothing-to-tell');
    expect(await training(clips, {}, [])).toBe('tagger/nothing-to-tell');
    expect(await training(clips, { from: linear })).toBe('tagger/linear-encoder');
    expect(await training(clips, { from: other })).toBe('tagger/other-skeleton');
    expect(await training(clips, { signal: AbortSignal.abort() })).toBe('encoder/cancelled');
  });
});
