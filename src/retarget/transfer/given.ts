import type { TransferPlan } from './transfer-plan.js';

/** What is not taken from the source, by frame. */
export interface Given {
  /** Place of the pelvis, [frames, 3], metres. */
  readonly pelvis: Float64Array;
  /** World turns of joints, each [frames, 4]. */
  readonly turns?: ReadonlyMap<number, Float64Array>;
  /** The joint at the floor and its way, [frames, 4] of x, y, z and turn about the vertical. */
  readonly root?: { readonly joint: number; readonly path: Float64Array };
}

/** The joint at the floor, where it is put anywhere; a pelvis that is its own root goes where `pelvis` says. */
export const rootOf = (plan: TransferPlan, given: Pick<Given, 'root'>): number =>
  given.root && given.root.joint !== plan.pelvis ? given.root.joint : -1;
