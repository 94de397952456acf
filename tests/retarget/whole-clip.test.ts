import { beforeAll, describe, expect, it } from 'vitest';
import { makeClip, makeFigures, SCRIPTS } from '../../samples/generator/index.js';
import { type Clip, jointIndex, worldPoseOfFrame } from '../../src/clip/index.js';
import { seededRandom } from '../../src/math/random.js';
import { distance, vec3At } from '../../src/math/vec3.js';
import { characterise, QUALITIES, retargetClip, targetProfile } from '../../src/retarget/index.js';

const mannequin = targetProfile('ue5-mannequin');
const body = characterise(mannequin);

/** A walk whose pelvis twitches by a millimetre, as markers make it. */
function twitchingWalk(): Clip {
  const figure = makeFigures().tall;
  const script = SCRIPTS.find(({ name }) => name === 'walk_neutral');
  if (!script || !figure) throw new Error('the generator has no tall figure or no script walk_neutral');
  const clip = makeClip({ ...script, seconds: 3, rateHz: 60 }, figure, 1);
  const { roles } = characterise(clip.skeleton);
  const random = seededRandom(3);
  for (let f = 0; f < clip.frameCount; f++) {
    const at = 3 * (f * clip.skeleton.joints.length + (roles.pelvis ?? 0));
    for (let k = 0; k < 3; k++) clip.translations[at + k] += 0.001 * random.normal();
  }
  return clip;
}

/** Degrees, percent, centimetres that mean nothing. */
const NOISE = {
  legDegrees: 0.02,
  chainPercent: 0.02,
  slideCmPerSecond: 0.02,
  floorCm: 0.02,
  rootCm: 0.02,
  jerkRatio: 0.02,
};

const carry = (clip: Clip, quality: (typeof QUALITIES)[number], contacts = true) =>
  retargetClip(clip, characterise(clip.skeleton), mannequin, body, { quality, contacts });

describe('a walk solved over the whole clip', () => {
  let walk: Clip;
  let high: ReturnType<typeof carry>;
  let fast: ReturnType<typeof carry>;
  beforeAll(() => {
    walk = twitchingWalk();
    [high, fast] = [carry(walk, 'high'), carry(walk, 'fast')];
  });

  it('has truer legs and less sliding than frame by frame, and jerks no more than its source', () => {
    const [a, b] = [high.report.quality, fast.report.quality];
    expect(a.legDegrees).toBeLessThan(0.8 * (b.legDegrees ?? 0));
    expect(a.slideCmPerSecond).toBeLessThanOrEqual((b.slideCmPerSecond ?? 0) + 0.02);
    expect(a.jerkRatio).toBeLessThan(1.1);
  });

  it('is no worse on any score', () => {
    const scores = (carried: typeof high): Record<string, number | undefined> => ({
      ...carried.report.quality,
    });
    const [a, b] = [scores(high), scores(fast)];
    // What hands shake is taken off them by the arms, which so leave the source's by hundredths of a degree.
    for (const [name, slack] of Object.entries({ ...NOISE, armDegrees: 0.1 }))
      expect(a[name] ?? 0, name).toBeLessThanOrEqual((b[name] ?? 0) + slack);
  });

  it('is the default, and gives the same numbers twice', () => {
    const again = retargetClip(walk, characterise(walk.skeleton), mannequin, body);
    expect(again.clip.rotations).toEqual(high.clip.rotations);
    expect(again.clip.translations).toEqual(high.clip.translations);
  });

  it('keeps every joint length', () => {
    const lengths = (f: number): number[] => {
      const { positions } = worldPoseOfFrame(high.clip, f);
      return ['calf_l', 'foot_l', 'lowerarm_r', 'hand_r'].map((name) => {
        const joint = jointIndex(mannequin, name);
        return distance(vec3At(positions, joint), vec3At(positions, mannequin.joints[joint]?.parent ?? -1));
      });
    };
    lengths(97).forEach((length, i) => void expect(length).toBeCloseTo(lengths(0)[i] ?? 0, 9));
  });

  it('without contacts directions stay within a fraction of a degree', () => {
    const { quality } = carry(walk, 'high', false).report;
    expect(quality.legDegrees).toBeLessThan(0.05);
    expect(quality.armDegrees).toBeLessThan(0.1);
  });

  it.each(QUALITIES)('clips of one and two frames are solved (%s)', (quality) => {
    for (const frameCount of [1, 2]) {
      const count = walk.skeleton.joints.length;
      const short = {
        ...walk,
        frameCount,
        rotations: walk.rotations.slice(0, 4 * count * frameCount),
        translations: walk.translations.slice(0, 3 * count * frameCount),
        curves: [],
      };
      const { clip } = carry(short, quality);
      expect(clip.frameCount).toBe(frameCount);
      expect(clip.rotations.every(Number.isFinite)).toBe(true);
    }
  });

  it('goes a third further with longer steps, its feet as still as before', () => {
    const further = retargetClip(walk, characterise(walk.skeleton), mannequin, body, {
      travel: 1.33 * high.report.legRatio,
    });
    const way = ({ clip }: typeof high): number => {
      const [a, b] = [worldPoseOfFrame(clip, 10), worldPoseOfFrame(clip, clip.frameCount - 10)];
      const pelvis = body.roles.pelvis ?? 0;
      return distance(vec3At(a.positions, pelvis), vec3At(b.positions, pelvis));
    };
    expect(further.report.warnings).toEqual(high.report.warnings);
    expect(way(further) / way(high)).toBeCloseTo(1.33, 1);
    expect(further.report.quality.slideCmPerSecond).toBeLessThan(
      (high.report.quality.slideCmPerSecond ?? 0) + 1,
    );
  });
});
