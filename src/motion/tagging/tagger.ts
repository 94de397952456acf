import { GaitwayError } from '../../errors.js';
import type { InputPlan } from '../encoder/inputs.js';
import type { Network } from '../encoder/network.js';
import { networkRunner } from '../encoder/network.js';
import type { Scaling } from '../encoder/rows.js';
import type { MotionTrack } from '../features/motion-track.js';
import type { LabelledGroup } from './frame-labels.js';
import { REACH, segmenter } from './segmenter.js';
import { type StandardBody, standardTrack } from './standard-track.js';
import { classCount, classesOf } from './tag-groups.js';
import { makeRowWriter } from './windows.js';

/** A network that tags every frame of a clip, with all that is needed to run it. */
export interface Tagger {
  readonly groups: readonly LabelledGroup[];
  readonly plan: InputPlan;
  readonly standard: StandardBody;
  readonly scaling: Scaling;
  /** What is made of each frame: of an encoder, without its last layer. */
  readonly body: Network;
  /** Arrays of `segmenter`. */
  readonly overTime: readonly Float32Array[];
}

/**
 * How sure the network is of every class in every frame: [frames, classes], those of a group add up to 1.
 *
 * Bodies of all sizes are tagged, as they are seen as one of them.
 *
 * @throws GaitwayError `tagger/other-skeleton` where the track lacks body parts that the tagger knows, or has another rate.
 */
export function tagShares(tagger: Tagger, track: MotionTrack): Float32Array {
  checkTrack(tagger, track);
  const { groups, body } = tagger;
  const { frameCount } = track;
  const classes = classesOf(groups);
  const writeHidden = hiddenWriter(tagger, standardTrack(track, tagger.standard));
  const shares = new Float32Array(frameCount * classes);
  for (let start = 0; start < frameCount; start += PART) {
    // Frames beside the part are seen, so that it is tagged as if the whole clip ran through the network at once.
    const from = Math.max(0, start - REACH);
    const to = Math.min(frameCount, start + PART + REACH);
    const architecture = segmenter(body.architecture.outputs, classes, to - from);
    const table = new Float32Array(architecture.inputs);
    for (let f = from; f < to; f++) writeHidden(f, table, (f - from) * architecture.channels);
    const logits = new Float64Array(architecture.outputs);
    networkRunner({ architecture, arrays: tagger.overTime })(table, logits);
    const end = Math.min(frameCount, start + PART);
    for (let f = start; f < end; f++) writeShares(groups, logits, (f - from) * classes, shares, f * classes);
  }
  return shares;
}

/** So many frames run through the network at once, which bounds its memory. */
const PART = 2048;

/** Writes what the body makes of a frame to `out[at …]`. */
function hiddenWriter(
  { plan, scaling, body }: Tagger,
  track: MotionTrack,
): (frame: number, out: Float32Array, at: number) => void {
  const writeRow = makeRowWriter(plan, scaling);
  const run = networkRunner(body);
  const row = new Float32Array(body.architecture.inputs);
  const hidden = new Float64Array(body.architecture.outputs);
  return (frame, out, at) => {
    writeRow(track, frame, row, 0);
    run(row, hidden);
    out.set(hidden, at);
  };
}

function checkTrack({ plan }: Tagger, { name, roles, rateHz }: MotionTrack): void {
  if (plan.roles.join() === roles.join() && Math.abs(rateHz / plan.rateHz - 1) < 1e-6) return;
  throw new GaitwayError(
    'tagger/other-skeleton',
    `${name} has the body parts ${roles.join(', ')} at ${rateHz} Hz; the tagger was trained on ${plan.roles.join(', ')} at ${plan.rateHz} Hz. Complete the bone map, or train a tagger on such clips.`,
    { clip: name, found: [...roles], wanted: [...plan.roles] },
  );
}

/** Writes the share of each class in its group to `out[to …]`. */
function writeShares(
  groups: readonly LabelledGroup[],
  logits: Float64Array,
  from: number,
  out: Float32Array,
  to: number,
): void {
  let first = 0;
  for (const group of groups) {
    const end = first + classCount(group);
    let most = Number.NEGATIVE_INFINITY;
    for (let k = first; k < end; k++) most = Math.max(most, logits[from + k]);
    let sum = 0;
    for (let k = first; k < end; k++) sum += Math.exp(logits[from + k] - most);
    for (let k = first; k < end; k++) out[to + k] = Math.exp(logits[from + k] - most) / sum;
    first = end;
  }
}
