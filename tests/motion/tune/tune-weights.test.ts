import { describe, expect, it } from 'vitest';
import { parseFeatureSchema } from '../../../src/motion/features/schema.js';
import { drawHeldOut } from '../../../src/motion/tune/held-out.js';
import { tuneWeights } from '../../../src/motion/tune/tune-weights.js';
import { madeWalk } from '../made-tracks.js';

const code = (name: string) => expect.objectContaining({ code: name });

/** Walks of many speeds, turns and cadences. */
const tracks = Array.from({ length: 12 }, (_, c) =>
  madeWalk({
    name: `walk ${c}`,
    frames: 90 + 3 * c,
    speed: 1 + 0.17 * ((5 * c) % 12),
    turn: 0.4 * ((c % 3) - 1),
    cadence: 2 + 0.037 * c,
    heading: c,
  }),
);

/** The path counts for next to nothing, the height of a foot for nearly all. */
const lopsided = parseFeatureSchema({
  name: 'lopsided',
  channels: [
    { type: 'position', role: 'footL', keep: 'height', weight: 20 },
    { type: 'position', role: 'footR', keep: 'height', weight: 20 },
    { type: 'trajectory', weight: 0.05, samples: [{ time: 1, position: true }] },
  ],
});

describe('tuneWeights', () => {
  it('finds that the path matters where the given weights hide it', () => {
    const { rounds, groups, schema } = tuneWeights(tracks, lopsided, { questions: 300, jumpWeight: 0 });
    expect(Math.min(...rounds.map(({ fpe }) => fpe))).toBeLessThan(0.8 * rounds[0].fpe);
    const [feet, path] = groups;
    expect(path.factor / feet.factor).toBeGreaterThan(10);
    const [left, right, trajectory] = schema.channels;
    const weight = 'weight' in left ? left.weight : Number.NaN;
    expect(weight).toBeLessThan(20);
    expect(right).toMatchObject({ weight });
    expect(trajectory).toMatchObject({ weight: 0.05, samples: [{ weight: expect.any(Number) }] });
  });

  it('keeps the facing, of which the path alone tells nothing, where a turn is worth something', () => {
    // All walk the same straight path; half of them turn their body while they do.
    const turners = Array.from({ length: 10 }, (_, c) => {
      const walk = madeWalk({ name: `turner ${c}`, frames: 100, cadence: 2 + 0.037 * c });
      const angle = (f: number): number => (c % 2 ? (f / 30) * 0.6 : 0);
      return {
        ...walk,
        facingX: walk.facingX.map((_, f) => Math.sin(angle(f))),
        facingZ: walk.facingZ.map((_, f) => Math.cos(angle(f))),
      };
    });
    const schema = parseFeatureSchema({
      name: 'facing',
      channels: [
        { type: 'position', role: 'pelvis', time: 0.5, weight: 10 },
        { type: 'heading', time: 0.5, weight: 0.05 },
      ],
    });
    const turnOf = (turnWeight: number): number => {
      const { rounds } = tuneWeights(turners, schema, { questions: 200, jumpWeight: 0, turnWeight });
      const error = rounds.map(({ fpe, turn }) => fpe + turnWeight * turn);
      return rounds[error.indexOf(Math.min(...error))].turn;
    };
    expect(turnOf(10)).toBeLessThanOrEqual(turnOf(0));
    expect(turnOf(10)).toBeLessThan(1);
  });

  it('lets the weights follow a teacher: what its latents tell apart counts, the rest does not', () => {
    const even = parseFeatureSchema({
      name: 'even',
      channels: [
        { type: 'position', role: 'footL', keep: 'height', weight: 1 },
        { type: 'trajectory', weight: 1, samples: [{ time: 1, position: true }] },
      ],
    });
    const lift = tracks.map(({ positions, roles, frameCount }) =>
      Float32Array.from(
        { length: frameCount },
        (_, f) => positions[3 * (f * roles.length + roles.indexOf('footL')) + 1],
      ),
    );
    const path = tracks.map(({ rootX, rootZ, frameCount }) =>
      Float32Array.from({ length: frameCount }, (_, f) => {
        const ahead = Math.min(f + 30, frameCount - 1);
        return Math.hypot(rootX[ahead] - rootX[f], rootZ[ahead] - rootZ[f]);
      }),
    );
    const taught = (latents: Float32Array[]) => {
      const teacher = { dim: 1, database: latents, queries: latents };
      const { groups, rounds } = tuneWeights(tracks, even, { questions: 200, teacher });
      const costs = rounds.map(({ cost }) => cost);
      expect(Math.min(...costs)).toBeLessThan(costs[0]);
      return groups[1].factor / groups[0].factor;
    };
    expect(taught(lift)).toBeLessThan(0.1);
    expect(taught(path)).toBeGreaterThan(10);
  });

  it('gives the same weights twice, with bent paths too', () => {
    const options = { questions: 100, noiseShare: 0.5, seed: 3 };
    expect(tuneWeights(tracks, lopsided, options)).toEqual(tuneWeights(tracks, lopsided, options));
    expect(tuneWeights(tracks, lopsided, options).rounds).not.toEqual(
      tuneWeights(tracks, lopsided, { ...options, noiseShare: 0 }).rounds,
    );
  });

  it('refuses too few clips, clips that are too short, and schemas without a weight', () => {
    expect(() => tuneWeights(tracks.slice(0, 1), lopsided)).toThrow(code('tune/one-clip'));
    expect(() => tuneWeights([madeWalk({ frames: 40 })], lopsided)).toThrow(code('evaluate/no-samples'));
    const off = parseFeatureSchema({ name: 'off', channels: [{ type: 'heading', time: 1, weight: 0 }] });
    expect(() => tuneWeights(tracks, off)).toThrow(code('tune/no-weights'));
  });
});

describe('drawHeldOut', () => {
  const clips = tracks.map((track) => ({ track }));

  it('keeps whole clips back, about a fifth of the frames, others with another seed', () => {
    const { fitted, heldOut } = drawHeldOut(clips, 1);
    expect([...fitted, ...heldOut].sort((a, b) => clips.indexOf(a) - clips.indexOf(b))).toEqual(clips);
    const frames = (side: typeof clips) =>
      side.reduce((sum, { track }) => sum + track.frameCount - 42, 0) / 12;
    const share = frames(heldOut) / (frames(fitted) + frames(heldOut));
    expect(share).toBeGreaterThanOrEqual(0.2);
    expect(share).toBeLessThan(0.35);
    expect(drawHeldOut(clips, 2).heldOut).not.toEqual(heldOut);
    expect(drawHeldOut(clips, 1).heldOut).toEqual(heldOut);
  });

  it('leaves two clips to answer each other, and does not keep back what cannot be scored', () => {
    const short = { track: madeWalk({ frames: 20 }) };
    const { fitted, heldOut } = drawHeldOut([short, ...clips.slice(0, 3)], 1);
    expect(heldOut).toHaveLength(1);
    expect(fitted).toContain(short);
    expect(() => drawHeldOut([short, ...clips.slice(0, 2)], 1)).toThrow(code('tune/too-few-clips'));
  });
});
