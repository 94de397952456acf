/** Pushes into the stand-in editor while everything goes wrong, and counts what was lost, doubled, or hung. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SKELETON = '/Game/Chaos/SK_Chain';
const LANES = 3;
/** A request that gets no answer is given up after this. */
const TIMEOUT_MS = 1_000;
/** Longer than any chain of waits that is meant to be: greeting anew, looking for an editor that restarts, reading back. */
const HUNG_MS = 120_000;

/** Share of an answer that comes before the connection breaks, and the like; `fire` is given the request or the answer. */
const KINDS = [
  'break before a request is read',
  'break instead of an answer',
  'break in the middle of an answer',
  'break before a chunk is read',
  'restart',
  'hang, shorter than the time limit',
  'hang, longer than the time limit',
  'answer twice',
  'answer late, after others',
  'answer never',
  'garbage frames',
  'damaged answer',
];

/**
 * `faults` faults at seeded places of a stream of pushes.
 *
 * @param bridge the exports of gaitway/bridge
 * @param plugin the plugin's Content/Python folder
 * @returns {kinds: {kind, faults}[], pushes: {end, count}[], findings: string[], slowestMs}
 */
export async function chaosLink(
  { bridge, makeRate, seededRandom, plugin },
  { faults, seed, python, onProgress = () => {} },
) {
  const random = seededRandom(seed);
  const projectFolder = await mkdtemp(join(tmpdir(), 'gaitway-chaos-'));
  const clips = clipMaker(makeRate, random);
  const editor = await bridge.startStandIn({
    port: 0,
    projectFolder,
    pluginPython: plugin,
    skeletons: [{ path: SKELETON, skeleton: clips.skeleton }],
    tickHz: 200,
    ...(python && { python }),
  });
  const session = await bridge.connectEditor({
    port: editor.port,
    token: () => bridge.readToken(projectFolder),
    timeoutMs: TIMEOUT_MS,
    connectLimitMs: 30_000,
    reconnectLimitMs: 60_000,
    random: () => random.uniform(),
  });
  await session.hello();

  const fired = new Map(KINDS.map((kind) => [kind, 0]));
  const undone = [];
  let left = faults;
  const troubles = trouble({
    bridge,
    editor,
    random,
    undone,
    fired,
    next: () => left-- > 0,
    left: () => left,
  });
  editor.misbehave(troubles);

  const pushes = [];
  const lane = async () => {
    while (left > 0) {
      const asset = `/Game/Chaos/Clip${pushes.length}`;
      const push = { asset, clip: clips.make(`clip ${pushes.length}`) };
      pushes.push(push);
      const began = performance.now();
      push.end = await Promise.race([
        bridge
          .pushClip(session, {
            clip: push.clip,
            asset,
            skeleton: { path: SKELETON, skeleton: clips.skeleton },
            defaultRate: makeRate(30),
          })
          .then(
            () => 'done',
            ({ code = 'no code', message }) => {
              push.message = message;
              return code;
            },
          ),
        pause(HUNG_MS, 'hung', { ref: false }),
      ]);
      push.ms = performance.now() - began;
      onProgress(faults - Math.max(left, 0), faults);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await troubles.over();
  editor.misbehave();

  const findings = await check({ bridge, session, editor, undone, pushes });
  session.close();
  await editor.close();
  await rm(projectFolder, { recursive: true, force: true });
  const ends = new Map();
  for (const { end } of pushes) ends.set(end, (ends.get(end) ?? 0) + 1);
  return {
    kinds: [...fired].map(([kind, count]) => ({ kind, faults: count })),
    pushes: [...ends].map(([end, count]) => ({ end, count })),
    findings,
    slowestMs: Math.max(...pushes.map(({ ms }) => ms)),
  };
}

/** Fires a fault every few requests, each kind in turn, at whichever request comes then. */
function trouble({ bridge, editor, random, undone, fired, next, left }) {
  let pause_ = 5;
  let order = 0;
  let due;
  let busy = Promise.resolve();
  const fire = () => {
    const kind = due;
    due = undefined;
    if (!next()) return undefined;
    fired.set(kind, fired.get(kind) + 1);
    return kind;
  };
  const hang = (ms) => {
    editor.pause();
    busy = pause(ms).then(() => editor.resume());
  };
  const restart = () => {
    busy = editor
      .inspect()
      .then(({ undo }) => undone.push(...undo))
      .then(() => editor.restart(50));
  };
  return {
    over: () => busy,
    loses(ask) {
      if (due === undefined && --pause_ <= 0 && left() > 0) {
        due = KINDS[order++ % KINDS.length];
        pause_ = 2 + Math.floor(random.uniform() * 8);
      }
      const isChunk = JSON.stringify(ask.body ?? '').includes('push_chunk');
      switch (due) {
        case 'break before a request is read':
          return fire() !== undefined;
        case 'break before a chunk is read':
          return isChunk && fire() !== undefined;
        case 'restart':
          if (fire() !== undefined) restart();
          return false;
        case 'hang, shorter than the time limit':
          if (fire() !== undefined) hang(TIMEOUT_MS / 4);
          return false;
        case 'hang, longer than the time limit':
          if (fire() !== undefined) hang(2 * TIMEOUT_MS);
          return false;
        default:
          return false;
      }
    },
    deliver(answer) {
      const whole = [bridge.whole(answer)];
      const half = answer.subarray(0, Math.floor(answer.length / 2));
      switch (due) {
        case 'break instead of an answer':
          return fire() ? [{ bytes: Buffer.alloc(0), ticks: 0, breaks: true }] : whole;
        case 'break in the middle of an answer':
          return fire() ? [{ bytes: half, ticks: 0, breaks: true }] : whole;
        case 'answer twice':
          return fire() ? [bridge.whole(answer), bridge.whole(answer, 3)] : whole;
        case 'answer late, after others':
          return fire() ? [bridge.whole(answer, 8)] : whole;
        case 'answer never':
          return fire() ? [] : whole;
        case 'garbage frames':
          return fire() ? [bridge.whole(garbage(random)), ...whole, bridge.whole(garbage(random))] : whole;
        case 'damaged answer':
          return fire() ? [bridge.whole(half)] : whole;
        default:
          return whole;
      }
    },
  };
}

const garbage = (random) =>
  Buffer.from(
    Array.from({ length: 1 + Math.floor(random.uniform() * 200) }, () => Math.floor(random.uniform() * 256)),
  );

/** What each push said of itself, against what the editor holds. */
async function check({ bridge, session, editor, undone, pushes }) {
  const findings = [];
  const { undo } = await editor.inspect();
  undone.push(...undo);
  for (const { asset, clip, end, ms, message = '' } of pushes) {
    if (end === 'hung') findings.push(`${asset}: hung for ${Math.round(ms / 1000)} s`);
    if (end === 'no code') findings.push(`${asset}: failed without a code: ${message}`);
    const name = asset.slice(asset.lastIndexOf('/') + 1);
    const written = undone.filter((title) => title === `Gaitway: push ${name}`).length;
    if (written > 1) findings.push(`${asset}: written ${written} times`);
    const { exists } = await session.call('describe_animation', { path: asset }, { purpose: 'checking' });
    if (end === 'done' && !exists) findings.push(`${asset}: said to be done, but it is not there`);
    if (end !== 'done' && exists && !/cannot be found out/.test(message))
      findings.push(`${asset}: said to have failed (${end}: ${message}), but it is there`);
    if (end !== 'done' || !exists) continue;
    const { clip: back } = await bridge.pullClip(session, asset);
    const farthest = back.translations.reduce(
      (most, x, i) => Math.max(most, Math.abs(x - clip.translations[i])),
      0,
    );
    if (!(farthest < 1e-5)) findings.push(`${asset}: reads back ${farthest} m away from what was pushed`);
  }
  return findings;
}

/** Clips of a chain of six joints, each another. */
function clipMaker(makeRate, random) {
  const joints = Array.from({ length: 6 }, (_, j) => ({
    name: `bone_${j}`,
    parent: j - 1,
    restTranslation: [0, j === 0 ? 0 : 0.3, 0],
    restRotation: [0, 0, 0, 1],
    restScale: [1, 1, 1],
    sourceName: `bone_${j}`,
  }));
  const rate = makeRate(30);
  const make = (name) => {
    const frameCount = 12;
    const count = frameCount * joints.length;
    return {
      name,
      skeleton: { joints },
      rate,
      frameCount,
      rotations: Float64Array.from({ length: 4 * count }, (_, i) => (i % 4 === 3 ? 1 : 0)),
      translations: Float64Array.from({ length: 3 * count }, () => random.uniform()),
      curves: [],
      attributes: [],
      events: [],
      source: { file: `${name}.bvh`, format: 'none', take: '', unitMetres: 1, axes: '', rate, guesses: [] },
      warnings: [],
    };
  };
  return { skeleton: { joints }, make };
}
