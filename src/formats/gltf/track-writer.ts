import type { Accessor, Animation, Buffer, Document, Node } from '@gltf-transform/core';
import { type Clip, frameTime } from '../../clip/index.js';

/** Values that move by less (metres, quaternion parts) are written as one value held. */
const STANDS_STILL = 1e-9;

/** Adds a track of a node: values [frames, size]. */
export type AddTrack = (
  node: Node,
  path: 'translation' | 'rotation' | 'scale' | 'weights',
  size: number,
  values: Float32Array<ArrayBuffer>,
) => void;

/**
 * Makes an animation for a clip, with its rate and events in the extras, and gives the way to add tracks.
 *
 * Tracks share their key times; one that stands still holds two keys.
 */
export function addAnimation(
  document: Document,
  buffer: Buffer,
  { frameCount, rate, events }: Clip,
  name: string,
): AddTrack {
  const animation: Animation = document.createAnimation(name).setExtras({
    gaitway: { rate: [rate.numerator, rate.denominator], ...(events.length > 0 && { events }) },
  });
  const times = (frames: readonly number[]): Accessor =>
    document
      .createAccessor()
      .setType('SCALAR')
      .setArray(Float32Array.from(frames, (frame) => frame * frameTime(rate)))
      .setBuffer(buffer);
  let everyFrame: Accessor | undefined;
  let ends: Accessor | undefined;
  return (node, path, size, values) => {
    const isHeld = frameCount > 1 && standsStill(values, size);
    const kept = isHeld ? Float32Array.of(...values.subarray(0, size), ...values.subarray(0, size)) : values;
    if (isHeld) ends ??= times([0, frameCount - 1]);
    else everyFrame ??= times(Array.from({ length: frameCount }, (_, f) => f));
    const output = document
      .createAccessor()
      .setType(path === 'weights' ? 'SCALAR' : path === 'rotation' ? 'VEC4' : 'VEC3')
      .setArray(kept)
      .setBuffer(buffer);
    const sampler = document
      .createAnimationSampler()
      .setInput((isHeld ? ends : everyFrame) ?? null)
      .setOutput(output)
      .setInterpolation('LINEAR');
    const channel = document
      .createAnimationChannel()
      .setTargetNode(node)
      .setTargetPath(path)
      .setSampler(sampler);
    animation.addSampler(sampler).addChannel(channel);
  };
}

function standsStill(values: Float32Array, size: number): boolean {
  for (let i = size; i < values.length; i++)
    if (Math.abs(values[i] - values[i % size]) > STANDS_STILL) return false;
  return true;
}

/** A joint's rows [frames, size] out of rows of all joints [frames, joints, size]. */
export function rowsOfJoint(
  values: Float64Array,
  size: number,
  jointCount: number,
  joint: number,
): Float32Array<ArrayBuffer> {
  const frameCount = values.length / (size * jointCount);
  const out = new Float32Array(size * frameCount);
  for (let f = 0; f < frameCount; f++) {
    const from = size * (f * jointCount + joint);
    for (let k = 0; k < size; k++) out[size * f + k] = values[from + k];
  }
  return out;
}
