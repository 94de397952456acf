import { beforeAll, describe, expect, it } from 'vitest';
import {
  CONTACT_CURVES,
  type Figure,
  makeClip,
  makeFigures,
  SCRIPTS,
} from '../../samples/generator/index.js';
import {
  type Clip,
  jointIndex,
  restWorldPose,
  type Skeleton,
  worldPoseOfFrame,
} from '../../src/clip/index.js';
import { angleBetweenVectors, distance, subtract, type Vec3, vec3At } from '../../src/math/vec3.js';
import {
  type Body,
  characterise,
  type RetargetReport,
  ROOT_MODES,
  retargetClip,
  targetProfile,
} from '../../src/retarget/index.js';

const DEGREE = Math.PI / 180;

let tall: Figure;
let walk: Clip;
let mannequin: Skeleton;
let bodies: { tall: Body; mannequin: Body };
let planted: { clip: Clip; report: RetargetReport };
let free: { clip: Clip; report: RetargetReport };

beforeAll(() => {
  tall = makeFigures().tall as Figure;
  const script = SCRIPTS.find(({ name }) => name === 'walk_neutral');
  if (!script) throw new Error('the generator has no script walk_neutral');
  walk = makeClip({ ...script, seconds: 4, rateHz: 30 }, tall, 1);
  mannequin = targetProfile('ue5-mannequin');
  bodies = { tall: characterise(walk.skeleton), mannequin: characterise(mannequin) };
  planted = retargetClip(walk, bodies.tall, mannequin, bodies.mannequin);
  free = retargetClip(walk, bodies.tall, mannequin, bodies.mannequin, { contacts: false });
});

const place = (clip: Clip, frame: number, joint: number | undefined): Vec3 =>
  vec3At(worldPoseOfFrame(clip, frame).positions, joint ?? -1);

/** Mean angle between the limbs of two clips, degrees. */
function limbError(a: Clip, aBody: Body, b: Clip, bBody: Body): number {
  const angles: number[] = [];
  for (const side of ['L', 'R'] as const) {
    for (const [from, to] of [
      [`upperArm${side}`, `forearm${side}`],
      [`forearm${side}`, `hand${side}`],
      [`thigh${side}`, `calf${side}`],
      [`calf${side}`, `foot${side}`],
    ] as const) {
      for (let f = 0; f < a.frameCount; f += 10) {
        const [u, v] = [
          subtract(place(a, f, aBody.roles[to]), place(a, f, aBody.roles[from])),
          subtract(place(b, f, bBody.roles[to]), place(b, f, bBody.roles[from])),
        ];
        angles.push(angleBetweenVectors(u, v) / DEGREE);
      }
    }
  }
  return angles.reduce((sum, x) => sum + x, 0) / angles.length;
}

/** Mean speed of the balls of the feet, cm/s, over frames in which the source's own curves say they stand. */
function slideOf(clip: Clip, body: Body): number {
  const speeds: number[] = [];
  for (const side of ['L', 'R'] as const) {
    const standing =
      walk.curves.find(({ name }) => name === CONTACT_CURVES[side])?.values ?? new Float64Array();
    for (let f = 1; f < clip.frameCount; f++) {
      if (standing[f] < 0.5 || standing[f - 1] < 0.5) continue;
      const [a, b] = [place(clip, f - 1, body.roles[`toe${side}`]), place(clip, f, body.roles[`toe${side}`])];
      speeds.push(Math.hypot(b[0] - a[0], b[2] - a[2]) * 100 * 30);
    }
  }
  return speeds.reduce((sum, x) => sum + x, 0) / speeds.length;
}

describe('a walk carried onto the UE5 mannequin', () => {
  it('points its limbs exactly as the source does, whatever the rest poses', () => {
    expect(limbError(walk, bodies.tall, free.clip, bodies.mannequin)).toBeLessThan(0.05);
    expect(free.report.calibration.limbDegrees.upperArmL).toBeGreaterThan(40);
  });

  it('holds its standing feet, and moves its legs by little for it', () => {
    expect(slideOf(planted.clip, bodies.mannequin)).toBeLessThan(2);
    expect(slideOf(planted.clip, bodies.mannequin)).toBeLessThan(slideOf(free.clip, bodies.mannequin));
    expect(limbError(walk, bodies.tall, planted.clip, bodies.mannequin)).toBeLessThan(2);
    expect(planted.report.contacts.L).toBeGreaterThan(2);
  });

  it('tells Unreal by curves when its feet stand and how fast they go', () => {
    const { clip } = retargetClip(walk, bodies.tall, mannequin, bodies.mannequin, { footCurves: true });
    const curve = (of: Clip, name: string): Float64Array => {
      const found = of.curves.filter((each) => each.name === name);
      expect(found).toHaveLength(1);
      return found[0].values;
    };
    for (const side of ['L', 'R'] as const) {
      const [truth, found] = [walk, clip].map((of) => curve(of, CONTACT_CURVES[side]));
      const speed = curve(clip, `FootSpeed_${side}`);
      let agreed = 0;
      for (let f = 0; f < walk.frameCount; f++) {
        agreed += truth[f] >= 0.5 === found[f] >= 0.5 ? 1 : 0;
        if (found[f] && truth[f - 1] && truth[f] && truth[f + 1]) expect(speed[f]).toBeLessThan(25);
      }
      expect(agreed / walk.frameCount).toBeGreaterThan(0.85);
      // A foot that swings goes faster than the body, which walks at 1.3 m/s.
      expect(Math.max(...speed)).toBeGreaterThan(200);
    }
    expect(planted.clip.curves.map(({ name }) => name)).not.toContain('FootSpeed_L');
  });

  it('keeps its knees from snapping', () => {
    for (const role of ['calfL', 'calfR'] as const) {
      const jumps = (clip: Clip, body: Body): number => {
        let worst = 0;
        for (let f = 1; f + 1 < clip.frameCount; f++) {
          const [a, b, c] = [f - 1, f, f + 1].map((frame) => place(clip, frame, body.roles[role])) as [
            Vec3,
            Vec3,
            Vec3,
          ];
          worst = Math.max(worst, Math.hypot(...[0, 1, 2].map((k) => a[k] - 2 * b[k] + c[k])));
        }
        return worst;
      };
      expect(jumps(planted.clip, bodies.mannequin)).toBeLessThan(1.5 * jumps(walk, bodies.tall) + 0.01);
    }
  });

  it('stands on the floor with the soles of its own rest pose', () => {
    const rest = restWorldPose(mannequin);
    const ball = bodies.mannequin.roles.toeL as number;
    let lowest = Number.POSITIVE_INFINITY;
    for (let f = 0; f < planted.clip.frameCount; f++)
      lowest = Math.min(lowest, place(planted.clip, f, ball)[1]);
    expect(Math.abs(lowest - rest.positions[3 * ball + 1])).toBeLessThan(0.01);
  });

  it('keeps every joint length and name of the target', () => {
    const { skeleton, translations } = planted.clip;
    expect(skeleton).toBe(mannequin);
    const free = new Set([
      'root',
      'pelvis',
      ...skeleton.joints.map(({ name }) => name).filter((name) => name.startsWith('ik_')),
    ]);
    const count = skeleton.joints.length;
    skeleton.joints.forEach(({ name, restTranslation }, j) => {
      if (free.has(name)) return;
      for (let f = 0; f < planted.clip.frameCount; f += 20) {
        for (let k = 0; k < 3; k++)
          expect(translations[3 * (f * count + j) + k]).toBeCloseTo(restTranslation[k], 12);
      }
    });
  });

  it('puts the helper joints where the joints are that they follow', () => {
    for (const [helper, leader] of [
      ['ik_foot_l', 'foot_l'],
      ['ik_foot_r', 'foot_r'],
      ['ik_hand_gun', 'hand_r'],
      ['ik_hand_l', 'hand_l'],
      ['ik_hand_r', 'hand_r'],
    ] as const) {
      const [a, b] = [helper, leader].map((name) => place(planted.clip, 60, jointIndex(mannequin, name))) as [
        Vec3,
        Vec3,
      ];
      expect(distance(a, b), helper).toBeLessThan(0.002);
    }
  });

  it('its root walks on the ground under the pelvis, or stays, and the body stands there with it', () => {
    const [root, pelvis] = [jointIndex(mannequin, 'root'), jointIndex(mannequin, 'pelvis')];
    const last = planted.clip.frameCount - 1;
    const [ground, hips] = [place(planted.clip, last, root), place(planted.clip, last, pelvis)];
    expect(ground[1]).toBeCloseTo(0, 12);
    expect(Math.hypot(ground[0] - hips[0], ground[2] - hips[2])).toBeLessThan(0.15);
    expect(Math.hypot(ground[0], ground[2])).toBeGreaterThan(2);
    const still = retargetClip(walk, bodies.tall, mannequin, bodies.mannequin, {
      root: ROOT_MODES['in-place'],
    }).clip;
    expect(place(still, last, root)).toEqual([0, 0, 0]);
    expect(Math.hypot(place(still, last, pelvis)[0], place(still, last, pelvis)[2])).toBeLessThan(0.15);
    const kept = retargetClip(walk, bodies.tall, mannequin, bodies.mannequin, { root: ROOT_MODES.keep }).clip;
    expect(place(kept, last, root)).toEqual([0, 0, 0]);
    expect(distance(place(kept, last, pelvis), hips)).toBeLessThan(1e-9);
  });

  it('gives the same numbers every time', () => {
    const again = retargetClip(walk, bodies.tall, mannequin, bodies.mannequin).clip;
    expect(again.rotations).toEqual(planted.clip.rotations);
    expect(again.translations).toEqual(planted.clip.translations);
  });

  it('comes back to the source as it was', () => {
    const back = retargetClip(free.clip, bodies.mannequin, walk.skeleton, bodies.tall, { contacts: false });
    expect(limbError(walk, bodies.tall, back.clip, bodies.tall)).toBeLessThan(0.1);
  });

  it('onto its own skeleton is the very same clip', () => {
    const { clip } = retargetClip(walk, bodies.tall, walk.skeleton, bodies.tall, { root: ROOT_MODES.keep });
    for (let f = 0; f < walk.frameCount; f += 15) {
      const [a, b] = [worldPoseOfFrame(walk, f).positions, worldPoseOfFrame(clip, f).positions];
      for (let i = 0; i < a.length; i++) expect(Math.abs(a[i] - b[i])).toBeLessThan(1e-6);
    }
  });

  it('scores itself, and has nothing to warn of', () => {
    expect(planted.report.quality.slideCmPerSecond).toBeLessThan(2);
    expect(planted.report.quality.armDegrees).toBeLessThan(0.3);
    expect(planted.report.warnings).toEqual([]);
  });

  it('a number that is none is told by joint and frame', () => {
    const rotations = Float64Array.from(walk.rotations);
    rotations.fill(Number.NaN, 4 * walk.skeleton.joints.length * 7, 4 * walk.skeleton.joints.length * 8);
    expect(() => retargetClip({ ...walk, rotations }, bodies.tall, mannequin, bodies.mannequin)).toThrow(
      expect.objectContaining({ code: 'retarget/not-finite', data: expect.objectContaining({ frame: 7 }) }),
    );
  });
});
