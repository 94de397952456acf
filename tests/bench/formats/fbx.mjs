/** FBX: loading against three's FBXLoader, and evaluating 1000 frames of all nodes. */
import { FBXLoader } from 'three/examples/jsm/loaders/FBXLoader.js';
import { readScene, writeFbx } from '../../../dist/formats/index.js';
import { interleave } from '../interleave.mjs';
import { realFile, sampleClip } from './inputs.mjs';

const FILES = [
  'mixamo_samba_skinned.fbx',
  'mixamo_walk_noprefix.fbx',
  'ue4_ThirdPersonRun.fbx',
  'ue4_mannequin_blender_metres.fbx',
  'ue5_SKM_Manny.fbx',
];
const FRAMES = 1000;
/** The joints of the figure that the bar was set on. */
const NODES = 84;

/** What three's loader asks of a browser when a file has pictures or a camera. */
function withBrowserParts(run) {
  const before = { document: globalThis.document, window: globalThis.window };
  globalThis.document = {
    createElementNS: () => ({ addEventListener() {}, removeEventListener() {}, style: {} }),
  };
  globalThis.window = { innerWidth: 1, innerHeight: 1, URL };
  try {
    return run();
  } finally {
    Object.assign(globalThis, before);
  }
}

function loadByThree(bytes) {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  return withBrowserParts(() => new FBXLoader().parse(buffer, ''));
}

export async function benchFbx(rounds) {
  const rows = [];
  const made = writeFbx([await sampleClip()]).bytes;
  const files = FILES.map((name) => realFile(`fbx/${name}`));
  // What three warns of (materials, weights) says nothing about speed.
  const { warn } = console;
  console.warn = () => {};
  try {
    for (const { name, bytes } of [...files, { name: 'generated walk', bytes: made }]) {
      if (!bytes) rows.push({ what: 'FBX load', input: name, skipped: 'the file is not there' });
      else rows.push(...(await benchFile(name, bytes, rounds)));
    }
  } finally {
    console.warn = warn;
  }
  return rows;
}

async function benchFile(name, bytes, rounds) {
  const { ours, three } = await interleave(rounds, {
    ours: () => readScene(bytes, { file: name }),
    three: () => loadByThree(bytes),
  });
  const rows = [
    { what: 'FBX load', input: name, unit: 'ms', ours, three },
    {
      what: 'FBX load, times as fast as three',
      input: name,
      unit: '×',
      ours: three / ours,
      bar: { atLeast: 3 },
    },
  ];
  const scene = await readScene(bytes, { file: name });
  const [take] = scene.takes;
  if (!take) return rows;
  const nodes = scene.skeleton.joints.length;
  const out = new Float64Array(12 * nodes);
  const { evaluated } = await interleave(rounds, {
    evaluated: () => {
      for (let f = 0; f < FRAMES; f++) scene.evaluate(0, (take.duration * f) / (FRAMES - 1), out);
    },
  });
  rows.push({
    what: `FBX evaluate ${FRAMES} frames, per ${NODES} joints`,
    input: `${name} (${nodes} joints: ${evaluated.toFixed(1)} ms)`,
    unit: 'ms',
    ours: (evaluated * NODES) / nodes,
    bar: { atMost: 15 },
  });
  return rows;
}
