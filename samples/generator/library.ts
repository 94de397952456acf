import { type Clip, rateHz } from 'gaitway/clip';
import { writeBvh, writeGlb } from 'gaitway/formats';
import type { Figure } from './figure.js';
import { makeMarkedClip } from './make-clip.js';
import type { MotionSpans } from './motion-spans.js';
import type { Script } from './script.js';
import { SCRIPTS } from './scripts.js';
import { shortFigure } from './short-figure.js';
import { tallFigure } from './tall-figure.js';

/** A clip of the library with what it shows. */
export interface LibraryClip {
  readonly figure: Figure;
  readonly script: Script;
  readonly clip: Clip;
  /** In which of its frames the figure stands, walks, runs, turns and jumps. */
  readonly spans: MotionSpans;
}

/** A file of the library: its name and what is in it. */
export interface LibraryFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The figures that walk in the library, by the letter before their files' names. */
export const makeFigures = (): Readonly<Record<string, Figure>> => ({
  tall: tallFigure(),
  short: shortFigure(),
});

/** All clips of the library, one after the other; the same seed makes the same clips. */
export function* makeLibrary(seed: number, scripts: readonly Script[] = SCRIPTS): Generator<LibraryClip> {
  for (const [prefix, figure] of Object.entries(makeFigures())) {
    for (const script of scripts) {
      const { clip, spans } = makeMarkedClip(script, figure, seed);
      yield { figure, script, clip: { ...clip, name: `${prefix}_${script.name}` }, spans };
    }
  }
}

/** Frames from the first to the last one, both included, of every time that a contact holds. */
function contactSpans(values: Float64Array): [first: number, last: number][] {
  const spans: [number, number][] = [];
  values.forEach((value, f) => {
    if (value < 0.5) return;
    if (f > 0 && values[f - 1] >= 0.5) (spans.at(-1) as [number, number])[1] = f;
    else spans.push([f, f]);
  });
  return spans;
}

/** Clips that are written as GLB, so that a library has both; all others are BVH. */
const AS_GLB: ReadonlySet<string> = new Set([
  'idle_weary',
  'walk_brisk',
  'run_turn_right',
  'turn_right_90',
  'jump',
]);

/**
 * The library as files, and after them its `manifest.json`.
 *
 * The manifest says of every file what it shows, which part of a training run it belongs to, when each
 * foot stands (neither format has curves) and in which frames it stands, walks, runs, turns and jumps; and of every family which joint plays which part. Joints whose
 * names BVH cannot hold are called otherwise there, which makes a family of its own.
 */
export async function* libraryFiles(
  seed: number,
  scripts: readonly Script[] = SCRIPTS,
): AsyncGenerator<LibraryFile> {
  const files: object[] = [];
  const families = new Map<string, object>();
  for (const { figure, script, clip, spans } of makeLibrary(seed, scripts)) {
    const format = AS_GLB.has(script.name) ? 'glb' : 'bvh';
    const { bytes, renamed } = format === 'glb' ? await writeGlb([clip]) : writeBvh(clip);
    const name = `${clip.name}.${format}`;
    const family = renamed.length === 0 ? figure.family : `${figure.family}-${format}`;
    const inFile = (joint: string): string => renamed.find(({ from }) => from === joint)?.to ?? joint;
    families.set(family, {
      joints: figure.skeleton.joints.length,
      up: '+Y',
      forward: '+Z',
      roles: Object.fromEntries(Object.entries(figure.roles).map(([role, joint]) => [role, inFile(joint)])),
    });
    files.push({
      name,
      bytes: bytes.length,
      skeleton_family: family,
      label: { content: script.content, style: script.style },
      split: script.split,
      frames: clip.frameCount,
      fps: rateHz(clip.rate),
      contacts: Object.fromEntries(clip.curves.map((curve) => [curve.name, contactSpans(curve.values)])),
      spans,
    });
    yield { name, bytes };
  }
  const manifest = {
    note: 'Walking figures made by samples/generator: nothing in them was captured from a person.',
    licence: 'CC0-1.0',
    seed,
    count: files.length,
    families: Object.fromEntries(families),
    files,
  };
  yield { name: 'manifest.json', bytes: new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`) };
}
