import { type ClipEvent, frameTime, type Rate } from '../../clip/index.js';
import { GaitwayError, type Warning } from '../../errors.js';
import type { ReadOptions } from '../read-options.js';
import { numbersIn, readAccessors } from './accessors.js';
import type { BufferSource } from './buffer-views.js';
import type { Channel } from './channels.js';
import { type AnimationCurves, type CurveTrack, makeCurves } from './curves.js';
import type { GltfJson } from './schema.js';
import { statedFacts } from './stated-facts.js';
import { type Interpolation, type Keys, normaliseRow, type Track } from './track.js';

/** One animation of a file: tracks of nodes, and float curves. */
export interface GltfAnimation {
  readonly name: string;
  readonly tracks: readonly Track[];
  readonly curves: AnimationCurves;
  readonly events: readonly ClipEvent[];
  /** [keys] of every time line; tracks share them. */
  readonly timeLines: readonly Float64Array[];
  /** Seconds to the last key. */
  readonly duration: number;
  /** Frames per second where a writer left them, as Gaitway does; glTF itself states none. */
  readonly statedRate?: Rate;
}

const SIZES = { translation: 3, rotation: 4, scale: 3 } as const;
const INTERPOLATIONS: readonly string[] = ['LINEAR', 'STEP', 'CUBICSPLINE'];
/** Times are float32, which are off by up to this share. */
const FLOAT32_SHARE = 2 ** -23;

/**
 * Reads the keys of all animations' channels [animations][channels]; `onProgress` is told before each.
 *
 * @throws GaitwayError `gltf/bad-animation` naming the animation and node, and what `readAccessors` throws.
 */
export async function readAnimations(
  gltf: GltfJson,
  channels: readonly (readonly Channel[])[],
  source: BufferSource,
  onProgress?: ReadOptions['onProgress'],
): Promise<{ animations: GltfAnimation[]; warnings: Warning[] }> {
  const { file } = source;
  const warnings: Warning[] = [];
  const wanted = new Set<number>();
  channels.forEach((own, a) => {
    for (const channel of own) {
      checkShape(gltf, channel, nameOf(gltf, a, file), file);
      wanted.add(channel.sampler.input).add(channel.sampler.output);
    }
  });
  const numbers = await readAccessors(gltf, wanted, source);
  checkValues(gltf, channels, numbers, file);
  const unit = unitRotations(numbers, channels.flat());

  const animations: GltfAnimation[] = [];
  for (const [a, animation] of gltf.animations.entries()) {
    await onProgress?.(a / gltf.animations.length);
    const facts = statedFacts(animation.extras);
    if (!facts) {
      warnings.push({
        code: 'gltf/extras-unread',
        message: `The rate and events that "${animation.name ?? ''}" has in extras.gaitway cannot be read; they are left out.`,
      });
    }
    const timeLines = new Map<number, Float64Array>();
    const tracks: Track[] = [];
    const curveTracks: CurveTrack[] = [];
    for (const channel of channels[a]) {
      const { input, output, interpolation } = channel.sampler;
      const where = `${nameOf(gltf, a, file)}: key`;
      let times = timeLines.get(input);
      if (!times) {
        times = checkTimes(numbers.get(input) as Float64Array, channel, where, file);
        if (facts?.rate) times = onFrames(times, facts.rate);
        timeLines.set(input, times);
      }
      const keys: Keys = {
        interpolation: interpolation as Interpolation,
        times,
        values: (isPlainRotation(channel) ? unit : numbers).get(output) as Float64Array,
        size: sizeOf(channel),
        last: 0,
      };
      if (channel.kind === 'curves') {
        const { names, node } = channel;
        curveTracks.push({ ...keys, names, nodeName: gltf.nodes[node]?.name || `node_${node}` });
        continue;
      }
      tracks.push({ ...keys, node: channel.node, path: channel.path });
    }
    const lines = [...timeLines.values()];
    animations.push({
      name: animation.name ?? '',
      ...(facts?.rate && { statedRate: facts.rate }),
      events: facts?.events ?? [],
      tracks,
      curves: makeCurves(curveTracks),
      timeLines: lines,
      duration: lines.reduce((last, times) => Math.max(last, times[times.length - 1]), 0),
    });
  }
  return { animations, warnings };
}

const nameOf = (gltf: GltfJson, a: number, file: string): string =>
  `${file || 'The glTF file'}, animation ${a} "${gltf.animations[a].name ?? ''}"`;

const sizeOf = (channel: Channel): number =>
  channel.kind === 'curves' ? channel.names.length : SIZES[channel.path];

function fault(where: string, channel: Channel, what: string, file: string): GaitwayError {
  const { node, path } = channel;
  return new GaitwayError(
    'gltf/bad-animation',
    `${where} ${what} (${path} of node ${node}); export the file again.`,
    { file, node, path },
  );
}

/** Checks what can be told before a number is read, so that nothing is made for a file that lies. */
function checkShape(gltf: GltfJson, channel: Channel, where: string, file: string): void {
  const { input, output, interpolation } = channel.sampler;
  if (!INTERPOLATIONS.includes(interpolation))
    throw fault(`${where}:`, channel, `interpolation ${interpolation.slice(0, 40)} is unknown`, file);
  // Accessors that are not there are told of where they are read.
  if (!gltf.accessors[input] || !gltf.accessors[output]) return;
  const keys = numbersIn(gltf, input);
  if (keys === 0) throw fault(`${where}:`, channel, 'a track has no keys', file);
  const numbers = numbersIn(gltf, output);
  const wanted = keys * sizeOf(channel) * (interpolation === 'CUBICSPLINE' ? 3 : 1);
  if (numbers !== wanted)
    throw fault(
      `${where}:`,
      channel,
      `a track has ${keys} keys and ${numbers} numbers; ${wanted} are wanted`,
      file,
    );
}

function checkTimes(times: Float64Array, channel: Channel, where: string, file: string): Float64Array {
  for (let k = 0; k < times.length; k++) {
    if (!Number.isFinite(times[k])) throw fault(where, channel, `${k} stands at ${times[k]} seconds`, file);
    if (k > 0 && times[k] < times[k - 1]) throw fault(where, channel, `${k} is out of order`, file);
  }
  return times;
}

function checkValues(
  gltf: GltfJson,
  channels: readonly (readonly Channel[])[],
  numbers: ReadonlyMap<number, Float64Array>,
  file: string,
): void {
  const seen = new Set<number>();
  channels.forEach((own, a) => {
    for (const channel of own) {
      const { input, output } = channel.sampler;
      if (seen.has(output)) continue;
      seen.add(output);
      const values = numbers.get(output) as Float64Array;
      for (let i = 0; i < values.length; i++) {
        if (Number.isFinite(values[i])) continue;
        const key = Math.floor((i * numbersIn(gltf, input)) / values.length);
        throw fault(`${nameOf(gltf, a, file)}: key`, channel, `${key} is no finite number`, file);
      }
    }
  });
}

/** Times put exactly on the frames of the rate that the file states, where float32 alone keeps them off. */
function onFrames(times: Float64Array, rate: Rate): Float64Array {
  const step = frameTime(rate);
  return times.map((time) => {
    const exact = Math.round(time / step) * step;
    return Math.abs(exact - time) <= FLOAT32_SHARE * Math.abs(exact) ? exact : time;
  });
}

const isPlainRotation = (channel: Channel): boolean =>
  channel.path === 'rotation' && channel.sampler.interpolation !== 'CUBICSPLINE';

/**
 * Makes the keys of rotations unit, but for splines, whose rows are no rotations alone. An accessor that
 * serves anything else too gets a copy.
 *
 * Gives the values by accessor.
 */
function unitRotations(
  numbers: ReadonlyMap<number, Float64Array>,
  channels: readonly Channel[],
): Map<number, Float64Array> {
  const others = new Set<number>();
  for (const channel of channels) if (!isPlainRotation(channel)) others.add(channel.sampler.output);
  const unit = new Map<number, Float64Array>();
  for (const channel of channels) {
    const { output } = channel.sampler;
    if (!isPlainRotation(channel) || unit.has(output)) continue;
    const own = numbers.get(output) as Float64Array;
    const values = others.has(output) ? Float64Array.from(own) : own;
    for (let at = 0; at < values.length; at += 4) normaliseRow(values, at);
    unit.set(output, values);
  }
  return unit;
}
