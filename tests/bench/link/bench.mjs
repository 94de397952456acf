/**
 * The bench of the link: 100 clips of 300 frames and 89 joints into the stand-in editor at 30 ticks a second and back, 64
 * calls at once, and what an idle connection costs.
 *
 * The stand-in runs in a process of its own, as an editor does.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  connectEditor,
  inLanes,
  pullClip,
  pullSkeleton,
  pushClip,
  readToken,
} from '../../../dist/bridge/index.js';
import { makeRate } from '../../../dist/clip/index.js';

const CLI = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const SKELETON = '/Game/Characters/Mannequins/Meshes/SK_Mannequin';
const CLIPS = 100;
const FRAMES = 300;
const IDLE_MS = 10_000;
const INPUT = `${CLIPS} clips × ${FRAMES} frames × 89 joints`;

/** Nothing is measured beside it. */
export const rival = '';

/** Rows as in the bench of `formats/`. */
export async function bench() {
  const rows = [];
  for (const byFile of [true, false]) {
    const opened = await openEditor();
    try {
      const session = await connectEditor({
        port: opened.port,
        token: () => readToken(opened.project),
        ...(byFile && { projectFolder: opened.project }),
      });
      await session.hello();
      const way = byFile ? 'as files' : 'in base64 pieces';
      rows.push(...(await pushAndPull(session, `${INPUT}, ${way}`)));
      if (byFile) rows.push(...(await atOnce(session)), await idle(session));
      session.close();
    } finally {
      await opened.close();
    }
  }
  return rows;
}

async function openEditor() {
  const project = mkdtempSync(join(tmpdir(), 'gaitway-bench-link-'));
  const editor = spawn(
    process.execPath,
    [CLI, 'editor', '--project', project, '--port', '0', '--tick-hz', '30', '--json'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = new Promise((done) => editor.once('exit', done));
  const port = await new Promise((done, fail) => {
    let text = '';
    editor.stdout.on('data', (part) => {
      text += part;
      if (text.includes('\n')) done(JSON.parse(text.slice(0, text.indexOf('\n'))).port);
    });
    editor.once('exit', (code) => fail(new Error(`the stand-in editor ended with exit code ${code}`)));
  });
  return {
    port,
    project,
    async close() {
      editor.kill('SIGINT');
      await ended;
      rmSync(project, { recursive: true, force: true });
    },
  };
}

async function pushAndPull(session, input) {
  const skeleton = await pullSkeleton(session, SKELETON);
  const { defaultRate } = await session.capabilities();
  const rate = makeRate(defaultRate.numerator, defaultRate.denominator);
  const clip = makeClip(skeleton.skeleton);
  const names = Array.from({ length: CLIPS }, (_, n) => `/Game/Bench/Clip${n}`);
  const heaps = [];
  const began = performance.now();
  await inLanes(names, 2, async (asset) => {
    await pushClip(session, { clip, asset, skeleton, defaultRate: rate });
    heaps.push(process.memoryUsage().rss);
  });
  const pushed = performance.now();
  let maxCm = 0;
  let maxDeg = 0;
  await inLanes(names, 2, async (asset) => {
    const { clip: back } = await pullClip(session, asset);
    heaps.push(process.memoryUsage().rss);
    maxCm = Math.max(maxCm, farthest(back, clip));
    maxDeg = Math.max(maxDeg, mostTurned(back, clip));
  });
  const pulled = performance.now();
  const growth = (Math.max(...heaps.slice(CLIPS)) - Math.max(...heaps.slice(0, CLIPS))) / 2 ** 20;
  return [
    { what: 'push', input, unit: 's', ours: (pushed - began) / 1000, bar: { atMost: 60 } },
    { what: 'pull', input, unit: 's', ours: (pulled - pushed) / 1000, bar: { atMost: 60 } },
    { what: 'read-back, places', input, unit: 'cm', ours: maxCm, bar: { atMost: 1e-3 } },
    { what: 'read-back, rotations', input, unit: '°', ours: maxDeg, bar: { atMost: 0.01 } },
    {
      what: 'growth of memory',
      input: `${input}, pulls over pushes`,
      unit: 'MiB',
      ours: growth,
      bar: { atMost: 64 },
    },
  ];
}

/** 64 calls at once: all come back, in order, one a tick. */
async function atOnce(session) {
  const order = [];
  const began = performance.now();
  await Promise.all(Array.from({ length: 64 }, (_, n) => session.hello().then(() => order.push(n))));
  const seconds = (performance.now() - began) / 1000;
  const inversions = order.filter((n, at) => at > 0 && n < order[at - 1]).length;
  const input = '64 calls at once, 30 ticks a second';
  return [
    { what: 'answers a second', input, unit: '1/s', ours: 64 / seconds },
    { what: 'answers out of order', input, unit: '', ours: inversions, bar: { atMost: 0 } },
  ];
}

/** Processor time of an open connection that nobody uses. */
async function idle(session) {
  await session.hello();
  const before = process.cpuUsage();
  await pause(IDLE_MS);
  const { user, system } = process.cpuUsage(before);
  return {
    what: 'idle',
    input: `an open connection, ${IDLE_MS / 1000} s`,
    unit: '% of a core',
    ours: ((user + system) / 1e3 / IDLE_MS) * 100,
    bar: { atMost: 1 },
  };
}

/** Every joint turns in its own way; the root walks. */
function makeClip(skeleton) {
  const { joints } = skeleton;
  const rate = makeRate(30);
  const rotations = new Float64Array(4 * FRAMES * joints.length);
  const translations = new Float64Array(3 * FRAMES * joints.length);
  for (let f = 0; f < FRAMES; f++) {
    joints.forEach(({ restRotation: [x, y, z, w], restTranslation }, j) => {
      const half = 0.3 * Math.sin(f / 20 + j);
      const [s, c] = [Math.sin(half), Math.cos(half)];
      const at = f * joints.length + j;
      rotations.set([x * c + w * s, y * c + z * s, z * c - y * s, w * c - x * s], 4 * at);
      translations.set(j === 0 ? [0, 0, f / 30] : restTranslation, 3 * at);
    });
  }
  return {
    name: 'bench',
    skeleton,
    rate,
    frameCount: FRAMES,
    rotations,
    translations,
    curves: [],
    attributes: [],
    events: [],
    source: { file: 'bench.bvh', format: 'none', take: '', unitMetres: 1, axes: '', rate, guesses: [] },
    warnings: [],
  };
}

/** Centimetres between the places of two clips' joints, at most. */
function farthest(a, b) {
  let most = 0;
  for (let i = 0; i < b.translations.length; i += 3)
    most = Math.max(
      most,
      Math.hypot(...[0, 1, 2].map((axis) => a.translations[i + axis] - b.translations[i + axis])),
    );
  return 100 * most;
}

/** Degrees between the rotations of two clips' joints, at most. */
function mostTurned(a, b) {
  let most = 0;
  for (let i = 0; i < b.rotations.length; i += 4) {
    const gap = (sign) =>
      Math.hypot(...[0, 1, 2, 3].map((k) => a.rotations[i + k] - sign * b.rotations[i + k]));
    most = Math.max(most, 2 * Math.asin(Math.min(1, Math.min(gap(1), gap(-1)) / 2)));
  }
  return (2 * most * 180) / Math.PI;
}
