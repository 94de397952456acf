import {
  type Clip,
  clipDuration,
  forwardKinematics,
  makeWorldPose,
  rateHz,
  restWorldPose,
  validateClip,
  type WorldPose,
} from 'gaitway/clip';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CONTACT_CURVES,
  type Figure,
  type LibraryClip,
  makeFigures,
  makeLibrary,
  SIDES,
  type Side,
} from '../../samples/generator/index.js';
import { angleBetween, quatAt, rotate } from '../../src/math/quat.js';
import { add, distance, normalise, subtract, type Vec3, vec3At } from '../../src/math/vec3.js';

let library: LibraryClip[];
beforeAll(() => {
  library = [...makeLibrary(1)];
});

/** World poses of all frames. */
function posesOf({ skeleton, rotations, translations, frameCount }: Clip): WorldPose[] {
  const count = skeleton.joints.length;
  return Array.from({ length: frameCount }, (_, f) =>
    forwardKinematics(skeleton, rotations, translations, makeWorldPose(count), 4 * count * f, 3 * count * f),
  );
}

const contactOf = (clip: Clip, side: Side): Float64Array =>
  clip.curves.find(({ name }) => name === CONTACT_CURVES[side])?.values ?? new Float64Array(0);

/** Heel, ball and toe tip of a sole, world. */
function solePoints(figure: Figure, side: Side, { positions, rotations }: WorldPose): Vec3[] {
  const leg = figure.legs[side];
  const foot = vec3At(positions, leg.foot);
  const ball = vec3At(positions, leg.toe);
  return [
    add(foot, rotate(quatAt(rotations, leg.foot), [0, -leg.ankleHeight, -leg.heelBack])),
    add(ball, [0, -leg.ballHeight, 0]),
    add(ball, rotate(quatAt(rotations, leg.toe), [0, -leg.ballHeight, leg.toeLength])),
  ];
}

/** The worst of a measure over all clips, with the clip's name, so that a failure says where it lies. */
function worst(measure: (entry: LibraryClip) => number): { value: number; clip: string } {
  return library
    .map((entry) => ({ value: measure(entry), clip: entry.clip.name }))
    .reduce((a, b) => (b.value > a.value ? b : a));
}

describe('the library', () => {
  it('lasts at least four minutes in at least 25 clips on each of two figures', () => {
    const figures = new Set(library.map(({ figure }) => figure.family));
    expect(figures.size).toBe(2);
    for (const family of figures) {
      expect(library.filter(({ figure }) => figure.family === family).length).toBeGreaterThanOrEqual(25);
    }
    expect(library.reduce((sum, { clip }) => sum + clipDuration(clip), 0)).toBeGreaterThan(240);
  });

  it('shows every kind of walking that a game needs, for training and for testing', () => {
    const contents = new Set(library.map(({ script }) => script.content));
    for (const content of ['idle', 'walk', 'jog', 'run', 'walk-start', 'walk-stop', 'walk-back', 'jump']) {
      expect(contents).toContain(content);
    }
    for (const content of ['walk-turn', 'run-turn', 'turn', 'strafe']) {
      for (const side of ['left', 'right']) expect(contents).toContain(`${content}-${side}`);
    }
    expect(new Set(library.map(({ script }) => script.split))).toEqual(new Set(['train', 'test']));
    expect(new Set(library.map(({ clip }) => rateHz(clip.rate)))).toEqual(new Set([30, 60]));
  });

  it('holds valid clips with unique names', () => {
    for (const { clip } of library) expect(validateClip(clip)).toBe(clip);
    expect(new Set(library.map(({ clip }) => clip.name)).size).toBe(library.length);
  });

  it('is the same for the same seed and another for another seed', () => {
    const script = library[3].script;
    const [again] = makeLibrary(1, [script]);
    const [other] = makeLibrary(2, [script]);
    expect(again.clip.rotations).toEqual(library[3].clip.rotations);
    expect(other.clip.rotations).not.toEqual(library[3].clip.rotations);
  });
});

describe('the figures', () => {
  const { tall, short } = makeFigures();
  const armDownDeg = (figure: Figure, side: Side): number => {
    const [x, y] = figure.arms[side].upperDirection;
    return (Math.atan2(-y, Math.abs(x)) * 180) / Math.PI;
  };

  it('are a tall one of 65 joints in a T-pose without a root, and a short one of 89 in an A-pose with one', () => {
    expect(tall.skeleton.joints).toHaveLength(65);
    expect(short.skeleton.joints).toHaveLength(89);
    expect(tall.skeleton.joints[0].name).toBe('mixamorig:Hips');
    expect(short.skeleton.joints[0]).toMatchObject({ name: 'root', restTranslation: [0, 0, 0] });
    expect(tall.legLength).toBeGreaterThan(1.1 * short.legLength);
    for (const side of SIDES) {
      expect(armDownDeg(tall, side)).toBeCloseTo(0);
      expect(armDownDeg(short, side)).toBeCloseTo(51);
    }
  });

  it('are mirrored about the middle and stand on the ground', () => {
    for (const { skeleton, rest, legs } of [tall, short]) {
      skeleton.joints.forEach(({ name }, j) => {
        const twin = name.includes('Left') ? name.replace('Left', 'Right') : name.replace(/_l$/, '_r');
        if (twin === name) return;
        const [x, y, z] = rest[skeleton.joints.findIndex((joint) => joint.name === twin)];
        for (const [k, value] of [-x, y, z].entries()) expect(rest[j][k]).toBeCloseTo(value, 12);
      });
      const lowest = Math.min(
        ...Array.from(restWorldPose({ joints: skeleton.joints }).positions.filter((_, k) => k % 3 === 1)),
      );
      expect(lowest).toBeGreaterThanOrEqual(0);
      expect(legs.L.ballHeight).toBeLessThan(0.04);
    }
  });
});

describe('the motion', () => {
  it('keeps the ball of a foot in contact where it is: it slides by less than 0.5 cm/s', () => {
    const slide = worst(({ figure, clip }) => {
      const poses = posesOf(clip);
      let most = 0;
      for (const side of SIDES) {
        const contact = contactOf(clip, side);
        const { toe } = figure.legs[side];
        for (let f = 1; f < poses.length; f++) {
          if (contact[f] + contact[f - 1] < 2) continue;
          const step = distance(vec3At(poses[f].positions, toe), vec3At(poses[f - 1].positions, toe));
          most = Math.max(most, step * rateHz(clip.rate));
        }
      }
      return most;
    });
    expect(slide.value, slide.clip).toBeLessThan(0.005);
  });

  it('has a foot in contact on the ground and every other foot off it', () => {
    const flaw = worst(({ figure, clip }) => {
      const poses = posesOf(clip);
      let most = 0;
      for (const side of SIDES) {
        const contact = contactOf(clip, side);
        poses.forEach((pose, f) => {
          const [, ball] = solePoints(figure, side, pose);
          if (contact[f] === 1) most = Math.max(most, Math.abs(ball[1]));
        });
        expect(contact).toHaveLength(clip.frameCount);
      }
      return most;
    });
    expect(flaw.value, flaw.clip).toBeLessThan(0.002);
    for (const { script, clip } of library) {
      const share = SIDES.map((side) => contactOf(clip, side).reduce((a, b) => a + b, 0) / clip.frameCount);
      if (script.content === 'idle') expect(share).toEqual([1, 1]);
      else for (const part of share) expect(part).toBeLessThan(0.92);
    }
  });

  it('puts no part of a sole into the ground', () => {
    const depth = worst(({ figure, clip }) =>
      Math.max(
        ...posesOf(clip).flatMap((pose) =>
          SIDES.flatMap((side) => solePoints(figure, side, pose).map(([, y]) => -y)),
        ),
      ),
    );
    expect(depth.value, depth.clip).toBeLessThan(0.002);
  });

  it('bends knees forwards, never quite straight and never further than a leg goes', () => {
    for (const { figure, clip } of library) {
      for (const pose of posesOf(clip)) {
        for (const side of SIDES) {
          const leg = figure.legs[side];
          const at = (joint: number): Vec3 => vec3At(pose.positions, joint);
          const upper = normalise(subtract(at(leg.calf), at(leg.thigh)));
          const lower = normalise(subtract(at(leg.foot), at(leg.calf)));
          const flexion =
            (Math.acos(upper[0] * lower[0] + upper[1] * lower[1] + upper[2] * lower[2]) * 180) / Math.PI;
          expect(flexion, clip.name).toBeGreaterThan(5);
          expect(flexion, clip.name).toBeLessThan(130);
          const forward = rotate(quatAt(pose.rotations, leg.calf), [0, 0, 1]);
          const bend = subtract(upper, lower);
          expect(
            bend[0] * forward[0] + bend[1] * forward[1] + bend[2] * forward[2],
            clip.name,
          ).toBeGreaterThan(0);
        }
      }
    }
  });

  it('keeps every joint at its rest distance from its parent, but for travel and helpers', () => {
    for (const { figure, clip } of library) {
      const { joints } = clip.skeleton;
      const moving = new Set([figure.root, figure.pelvis, ...figure.followers.map(({ joint }) => joint)]);
      joints.forEach(({ restTranslation, name }, j) => {
        if (moving.has(j)) return;
        for (let f = 0; f < clip.frameCount; f++) {
          const here = vec3At(clip.translations, f * joints.length + j);
          if (distance(here, restTranslation) > 1e-12) throw new Error(`${clip.name}: ${name} moves at ${f}`);
        }
      });
    }
  });

  it('has no pops: joints turn by less than 1000 degrees a second and go without jerks', () => {
    const turning = worst(({ figure, clip }) => {
      const count = clip.skeleton.joints.length;
      const helpers = new Set(figure.followers.map(({ joint }) => joint));
      let most = 0;
      for (let i = count; i < count * clip.frameCount; i++) {
        if (helpers.has(i % count)) continue;
        const angle = angleBetween(quatAt(clip.rotations, i), quatAt(clip.rotations, i - count));
        most = Math.max(most, (angle * rateHz(clip.rate) * 180) / Math.PI);
      }
      return most;
    });
    expect(turning.value, turning.clip).toBeLessThan(1000);
  });

  it('goes as smoothly as captured people do: mean jerk below 400 m/s³ running and 200 m/s³ else', () => {
    for (const { figure, script, clip } of library) {
      const count = clip.skeleton.joints.length;
      const stride = rateHz(clip.rate) / 30;
      const poses = posesOf(clip).filter((_, f) => f % stride === 0);
      let sum = 0;
      let terms = 0;
      for (let f = 3; f < poses.length; f++) {
        for (let j = 0; j < count; j++) {
          if (figure.followers.some(({ joint }) => joint === j)) continue;
          const [a, b, c, d] = [0, 1, 2, 3].map((k) => vec3At(poses[f - k].positions, j));
          const third = [0, 1, 2].map((x) => (a[x] - 3 * b[x] + 3 * c[x] - d[x]) * 30 ** 3);
          sum += Math.hypot(third[0], third[1], third[2]);
          terms++;
        }
      }
      const fast = /run|jog|wander|jump|fast|brisk/.test(script.name);
      expect(sum / terms, clip.name).toBeLessThan(fast ? 400 : 200);
    }
  });

  it('really travels: at the pace and to the side that its name says', () => {
    const travel = (name: string): { forward: number; left: number; yawDeg: number; clip: Clip } => {
      const entry = library.find(({ clip }) => clip.name === name) as LibraryClip;
      const { figure, clip } = entry;
      const joint = figure.root >= 0 ? figure.root : figure.pelvis;
      const poses = posesOf(clip);
      const first = vec3At(poses[0].positions, joint);
      const last = vec3At((poses.at(-1) as WorldPose).positions, joint);
      const facing = rotate(quatAt((poses.at(-1) as WorldPose).rotations, joint), [0, 0, 1]);
      const seconds = clipDuration(clip);
      return {
        forward: (last[2] - first[2]) / seconds,
        left: (last[0] - first[0]) / seconds,
        yawDeg: (Math.atan2(facing[0], facing[2]) * 180) / Math.PI,
        clip,
      };
    };
    expect(travel('tall_walk_neutral').forward).toBeCloseTo(1.3, 1);
    expect(travel('short_run').forward).toBeGreaterThan(2.9);
    expect(travel('short_walk_back').forward).toBeLessThan(-0.6);
    expect(travel('short_strafe_left').left).toBeGreaterThan(0.4);
    expect(travel('tall_strafe_right').left).toBeLessThan(-0.4);
    expect(travel('short_turn_left_90').yawDeg).toBeCloseTo(90, -1);
    expect(travel('short_turn_right_90').yawDeg).toBeCloseTo(-90, -1);
    expect(Math.abs(travel('tall_turn_left_180').yawDeg)).toBeGreaterThan(170);
  });

  it('keeps the root of the short figure on the ground, upright, under the body', () => {
    for (const { figure, clip } of library.filter(({ figure }) => figure.root >= 0)) {
      for (const pose of posesOf(clip)) {
        const root = vec3At(pose.positions, figure.root);
        const pelvis = vec3At(pose.positions, figure.pelvis);
        expect(root[1]).toBe(0);
        expect(rotate(quatAt(pose.rotations, figure.root), [0, 1, 0])[1]).toBeCloseTo(1, 12);
        expect(Math.hypot(root[0] - pelvis[0], root[2] - pelvis[2]), clip.name).toBeLessThan(0.25);
        for (const { joint, of } of figure.followers) {
          expect(distance(vec3At(pose.positions, joint), vec3At(pose.positions, of))).toBeLessThan(1e-9);
        }
      }
    }
  });
});
