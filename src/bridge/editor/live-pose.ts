import { type LocalPose, makeLocalPose, type WorldPose } from '../../clip/index.js';
import { GaitwayError } from '../../errors.js';
import { positionsFromUe, positionsToUe, rotationsToUe } from '../ue-space.js';

/** A pose as the call `preview_pose` takes it: places and rotations of the joints in the figure's own space. */
export function previewPoseData({ positions, rotations }: WorldPose): string {
  const values = new Float32Array(positions.length + rotations.length);
  positionsToUe(positions, values.subarray(0, positions.length));
  rotationsToUe(rotations, values.subarray(positions.length));
  return Buffer.from(values.buffer).toString('base64');
}

/**
 * The pose that the call `animation_pose` gave; scales are left out.
 *
 * @throws GaitwayError `bridge/bad-block` where the numbers are not those of so many bones.
 */
export function readAnimationPose({
  bones,
  data,
}: {
  readonly bones: number;
  readonly data: string;
}): LocalPose {
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length !== 40 * bones) {
    throw new GaitwayError(
      'bridge/bad-block',
      `${bytes.length} bytes of pose came; ${bones} bones have ${40 * bones}.`,
      {
        bytes: bytes.length,
        wanted: 40 * bones,
      },
    );
  }
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  const pose = makeLocalPose(bones);
  positionsFromUe(values.subarray(0, 3 * bones), pose.translations);
  rotationsToUe(values.subarray(3 * bones, 7 * bones), pose.rotations);
  return pose;
}
