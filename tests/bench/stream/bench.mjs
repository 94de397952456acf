/**
 * Poses a second between a live link and the stand-in editor, which runs in a process of its own at 30 ticks a second, as an
 * editor would: one way, the other way, and both at once.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { encodeClip, makeRate, makeWorldPose, restPose, worldPoseOfFrame } from '../../../dist/clip/index.js';
import { LiveLink, pushStage, requireProject } from '../../../dist/pipeline/index.js';
import { targetProfile } from '../../../dist/retarget/index.js';

const EDITOR = fileURLToPath(new URL('editor.mjs', import.meta.url));
const TICK_HZ = 30;
const SECONDS = 8;
const FRAMES = 120;
const ASSET = '/Game/Bench/nod';

/** A clip of 89 joints whose head nods. */
function noddingClip() {
  const skeleton = targetProfile('ue5-mannequin');
  const rest = restPose(skeleton);
  const count = skeleton.joints.length;
  const head = skeleton.joints.findIndex(({ name }) => name === 'head');
  const rotations = new Float64Array(4 * count * FRAMES);
  const translations = new Float64Array(3 * count * FRAMES);
  for (let f = 0; f < FRAMES; f++) {
    rotations.set(rest.rotations, 4 * count * f);
    translations.set(rest.translations, 3 * count * f);
    const half = 0.2 * Math.sin(0.2 * f);
    rotations.set([Math.sin(half), 0, 0, Math.cos(half)], 4 * (count * f + head));
  }
  const rate = makeRate(30);
  const source = { file: '', format: 'none', take: '', unitMetres: 1, axes: 'Y up', rate, guesses: [] };
  const rows = { curves: [], events: [], attributes: [], warnings: [] };
  return { name: 'nod', skeleton, rate, frameCount: FRAMES, rotations, translations, source, ...rows };
}

/** Nobody to be compared with. */
export const rival = '';

/** Rows as in the bench of `formats/`. */
export async function bench() {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway bench é '));
  writeFileSync(join(folder, 'Bench.uproject'), '{"FileVersion":3}');
  const editor = spawn(process.execPath, [EDITOR, folder, String(TICK_HZ)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const stop = new AbortController();
  try {
    const [line] = await once(createInterface({ input: editor.stdout }), 'line');
    const port = Number(line);
    const clip = noddingClip();
    const file = join(folder, 'nod.gwclip');
    writeFileSync(file, encodeClip(clip));
    await pushStage({
      folder,
      port,
      clips: [file],
      databases: [],
      schemas: [],
      components: 4,
      to: '/Game/Bench',
      force: false,
    });
    const link = new LiveLink({
      project: requireProject(folder),
      port,
      out: join(folder, 'Pulled'),
      force: false,
      replacesPulled: true,
      mesh: '/Game/Characters/Mannequins/Meshes/SKM_Manny',
      signal: stop.signal,
    });
    const running = link.run();
    while (!link.state.isOpen) await pause(50);
    const rows = [];
    const row = (what, direction, ours) =>
      rows.push({ what, input: `89 joints, ${direction}`, ours, unit: 'poses/s', bar: { atLeast: 15 } });

    editor.stdin.write(`${JSON.stringify({ select: [ASSET] })}\n`);
    link.follow(true);
    row('from the editor', 'alone', await rateOver(() => link.state.fromHz));
    link.follow(false);
    await link.showFigure(clip.skeleton.joints.map(({ name }) => name));
    const stopPosing = pose(link, clip);
    row('to the editor', 'alone', await rateOver(() => link.state.toHz));
    link.follow(true);
    const both = await Promise.all([rateOver(() => link.state.fromHz), rateOver(() => link.state.toHz)]);
    row('from the editor', 'both ways', both[0]);
    row('to the editor', 'both ways', both[1]);
    stopPosing();
    stop.abort();
    await running;
    return rows;
  } finally {
    stop.abort();
    editor.stdin.end();
    await once(editor, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gives a pose 60 times a second. */
function pose(link, clip) {
  const world = makeWorldPose(clip.skeleton.joints.length);
  let frame = 0;
  const timer = setInterval(() => {
    frame = (frame + 1) % clip.frameCount;
    link.takePose(worldPoseOfFrame(clip, frame, world));
  }, 1000 / 60);
  return () => clearInterval(timer);
}

/** The least that was told over some seconds, after a start. */
async function rateOver(read) {
  await pause(4_000);
  let least = Number.POSITIVE_INFINITY;
  for (let second = 0; second < SECONDS; second++) {
    await pause(1_000);
    least = Math.min(least, read());
  }
  return least;
}
