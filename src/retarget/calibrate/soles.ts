import type { Warning } from '../../errors.js';
import { conjugate, fromAxisAngle, multiply, quatAt, rotate, setQuat } from '../../math/quat.js';
import { SIDES } from '../body/body.js';
import { directionOf } from '../body/standing.js';
import type { MovingFigure } from './calibrate.js';
import type { Figure } from './figure.js';

/** Pitch of the line from ankle to ball where the sole is flat, radians, mean of both feet; nothing without toes. */
export function flatPitch({ body, anatomy }: Figure): number | undefined {
  const pitches = SIDES.flatMap((side) => {
    const foot = body.roles[`foot${side}`];
    const toe = directionOf(anatomy.reference.world, body, `foot${side}`, `toe${side}`);
    if (foot === undefined || !toe) return [];
    const turn = multiply(
      quatAt(anatomy.reference.world.rotations, foot),
      quatAt(anatomy.jointFromAnatomy, foot),
    );
    return [Math.asin(Math.max(-1, Math.min(1, rotate(conjugate(turn), toe)[1])))];
  });
  return pitches.length > 0 ? pitches.reduce((sum, pitch) => sum + pitch, 0) / pitches.length : undefined;
}

/** How feet are pitched: as well as the soles are known, so that flat soles are flat, or just as the source's point. */
export const SOLE_MODES = ['auto', 'flat', 'source'] as const;
export type SoleMode = (typeof SOLE_MODES)[number];

/**
 * How far a foot may leave the source's direction so that a flat sole stays flat, 0 (not at all) .. 1.
 *
 * Ankles lie higher on one rig than on another, so a foot that points the same way may stand on its toes.
 * Turning it needs both soles known: the source's by standing in the clip, one side's by an engine's own
 * reference pose. Where that is not so, the truth lies between, and feet stay near the source's direction.
 */
const SOLE_CERTAINTY = { known: 1, seen: 0.55, unseen: 0.35 };
const NEAR = (4.5 * Math.PI) / 180;
const FLAT_BY_REFERENCE = new Set(['ue5-mannequin', 'ue4-mannequin', 'metahuman']);
/** Soles that come out further from flat are told, radians. */
const TOLD = (6 * Math.PI) / 180;

/** The source with its feet pitched, about their own side axis, as far as soles are not to be trusted. */
export function withTrustedSoles(
  source: MovingFigure,
  target: Figure,
  mode: SoleMode,
): { source: MovingFigure; warnings: readonly Warning[] } {
  const { figure } = source;
  const [own, wanted] = [flatPitch(figure), flatPitch(target)];
  if (own === undefined || wanted === undefined) return { source, warnings: [] };
  const apart = wanted - own;
  const left = (1 - soleShare(source, target, mode, apart)) * apart;
  const pitch = fromAxisAngle([1, 0, 0], left);
  const jointFromAnatomy = Float64Array.from(figure.anatomy.jointFromAnatomy);
  for (const side of SIDES) {
    const foot = figure.body.roles[`foot${side}`];
    if (foot !== undefined) setQuat(jointFromAnatomy, foot, multiply(quatAt(jointFromAnatomy, foot), pitch));
  }
  const turned = { ...source, figure: { ...figure, anatomy: { ...figure.anatomy, jointFromAnatomy } } };
  return {
    source: turned,
    warnings: mode === 'auto' && Math.abs(left) > TOLD ? [soleWarning(own, wanted, left)] : [],
  };
}

/** Which share of the way to flat soles feet are turned, of `apart` radians in all. */
function soleShare(
  { figure, solesSeen }: MovingFigure,
  target: Figure,
  mode: SoleMode,
  apart: number,
): number {
  if (mode !== 'auto') return mode === 'flat' ? 1 : 0;
  const isKnown = [figure.body.family, target.body.family].some((family) => FLAT_BY_REFERENCE.has(family));
  const { known, seen, unseen } = SOLE_CERTAINTY;
  const certainty = !solesSeen ? unseen : isKnown ? known : seen;
  return isKnown || apart === 0 ? certainty : Math.min(certainty, NEAR / Math.abs(apart));
}

function soleWarning(own: number, wanted: number, left: number): Warning {
  const degrees = (angle: number): string => Math.abs((angle * 180) / Math.PI).toFixed(0);
  return {
    code: 'retarget/soles-apart',
    message: `Flat soles lie ${degrees(own)}° under the line from ankle to toes in the source and ${degrees(wanted)}° in the target; as neither is sure, feet keep near the source's direction and soles are ${degrees(left)}° off. --soles flat turns them flat.`,
  };
}
