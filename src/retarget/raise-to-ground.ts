import { type Clip, makeWorldPose, worldPoseOfFrame } from '../clip/index.js';
import type { Warning } from '../errors.js';
import type { Body } from './body/body.js';

/** Feet that never come nearer to the ground from below than this, in leg lengths, were never meant to be under it. */
const LEAST_DEPTH = 0.25;
/** The floor is where the lower foot is in this share of the frames, from below. */
const FLOOR_SHARE = 0.05;

/** How high toes and ankles of a standing person are, as shares of the hips' height over the lower one. */
const SOLE = { toe: 0.04, ankle: 0.09 };

/**
 * The clip raised to the ground where its feet are under it from the first frame to the last, as where the file measures
 * hips from a standing pose and not from the floor; any other clip as it is.
 */
export function raisedToGround(clip: Clip, { roles }: Body): { clip: Clip; warnings: Warning[] } {
  const unchanged = { clip, warnings: [] };
  const toes = [roles.toeL, roles.toeR].filter((joint) => joint !== undefined);
  const feet = [roles.footL, roles.footR, ...toes].filter((joint) => joint !== undefined);
  const { pelvis } = roles;
  if (feet.length === 0 || pelvis === undefined) return unchanged;
  const pose = makeWorldPose(clip.skeleton.joints.length);
  const lows = new Float64Array(clip.frameCount);
  let hips = 0;
  for (let f = 0; f < clip.frameCount; f++) {
    worldPoseOfFrame(clip, f, pose);
    const height = (joint: number): number => pose.positions[3 * joint + 1];
    lows[f] = Math.min(...feet.map(height));
    hips = Math.max(hips, height(pelvis) - lows[f]);
    if (lows[f] > -LEAST_DEPTH * hips) return unchanged;
  }
  const low = lows.slice().sort()[Math.floor(FLOOR_SHARE * (clip.frameCount - 1))];
  const floor = low - (toes.length > 0 ? SOLE.toe : SOLE.ankle) * hips;
  const count = clip.skeleton.joints.length;
  const translations = clip.translations.slice();
  clip.skeleton.joints.forEach(({ parent }, j) => {
    if (parent < 0) for (let f = 0; f < clip.frameCount; f++) translations[3 * (f * count + j) + 1] -= floor;
  });
  return {
    clip: { ...clip, translations },
    warnings: [
      {
        code: 'retarget/under-ground',
        message: `The source's feet are under the ground in the whole clip, its floor ${(-floor).toFixed(2)} m below; it was raised by as much.`,
      },
    ],
  };
}
