import { seededRandom } from '../../../dist/math/random.js';
import { clipOfRow } from '../../../dist/motion/index.js';

const SEARCH_SECONDS = 0.1;
const HALF_LIFE = 0.27;
const DAMPING = (2 * Math.LN2) / HALF_LIFE;
const STEPS = 60;

/**
 * Queries as a game asks them, found by playing the database: a spring follows a stick that changes at random every
 * 0.5 to 3 s (idle, 1.1, 2.0 or 2.7 m/s; a quarter of the changes turn by up to 143°, the others by about 34°). Every
 * 0.1 s the pose of the frame that plays and the spring's own path are asked for, with that frame as the continuing one,
 * and the best match plays on. The figure follows the spring perfectly.
 *
 * Gives `{row, continuing}` for each; `continuing` is missing where the clip has ended.
 */
export function drivenQueries(database, layout, search, count) {
  const random = seededRandom(11);
  const { rows, dimension, valid, rateHz, frameCount } = database;
  const ahead = layout.blocks.filter(({ source }) => source.joint === undefined);
  const body = layout.blocks.filter(({ source }) => source.joint !== undefined);
  let state = { velocity: [0, 0], acceleration: [0, 0], angle: 0, spin: 0 };
  let stick = { velocity: [0, 0], angle: 0, seconds: 0 };
  let playing = valid.indexOf(1);
  const queries = [];
  while (queries.length < count) {
    if (stick.seconds <= 0) stick = movedStick(random, state.angle, stick.angle);
    state = after(state, stick, SEARCH_SECONDS);
    stick.seconds -= SEARCH_SECONDS;
    const row = new Float32Array(dimension);
    for (const { offset, size } of body) {
      for (let k = offset; k < offset + size; k++) row[k] = rows[playing * dimension + k];
    }
    writePath(row, database, ahead, state, stick);
    const options = valid[playing] === 1 ? { continuing: frameOfRow(database, playing) } : {};
    queries.push({ row, ...options });
    const [best] = search.find(row, options);
    playing = Math.min(best.row + Math.round(SEARCH_SECONDS * rateHz), frameCount - 1);
  }
  return queries;
}

function frameOfRow(database, row) {
  const clip = clipOfRow(database, row);
  return { clip, frame: row - database.clips[clip].start };
}

function movedStick(random, facing, lastAngle) {
  const choice = random.uniform();
  const speed = choice < 0.2 ? 0 : choice < 0.6 ? 1.1 : choice < 0.9 ? 2 : 2.7;
  const turn = random.uniform() < 0.25 ? 5 * (random.uniform() - 0.5) : 0.6 * random.normal();
  const angle = facing + turn;
  return {
    velocity: [speed * Math.sin(angle), speed * Math.cos(angle)],
    angle: speed > 0 ? angle : lastAngle,
    seconds: 0.5 + 2.5 * random.uniform(),
  };
}

/** A critically damped spring after `time`: the value, and how fast it changes. */
function spring(value, speed, goal, time) {
  const away = value - goal;
  const pull = speed + away * DAMPING;
  const left = Math.exp(-DAMPING * time);
  return [left * (away + pull * time) + goal, left * (speed - pull * DAMPING * time)];
}

function after(state, stick, time) {
  const axes = [0, 1].map((k) => spring(state.velocity[k], state.acceleration[k], stick.velocity[k], time));
  const [angle, spin] = spring(state.angle, state.spin, stick.angle, time);
  return {
    velocity: axes.map(([velocity]) => velocity),
    acceleration: axes.map(([, acceleration]) => acceleration),
    angle,
    spin,
  };
}

/** Writes where the spring will be and face, seen from where it is, as the database's own numbers. */
function writePath(row, { mean, factor }, blocks, state, stick) {
  const sin = Math.sin(state.angle);
  const cos = Math.cos(state.angle);
  for (const { source, offset } of blocks) {
    const place = [0, 0];
    let then = state;
    for (let step = 0; step < STEPS; step++) {
      const next = after(then, stick, source.time / STEPS);
      for (const k of [0, 1]) place[k] += ((then.velocity[k] + next.velocity[k]) * source.time) / (2 * STEPS);
      then = next;
    }
    const turned = then.angle - state.angle;
    const [x, z] =
      source.quantity === 'position'
        ? [place[0] * cos - place[1] * sin, place[0] * sin + place[1] * cos]
        : [Math.sin(turned), Math.cos(turned)];
    row[offset] = (x - mean[offset]) * factor[offset];
    row[offset + 1] = (z - mean[offset + 1]) * factor[offset + 1];
  }
}
