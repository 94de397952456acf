import { type AdamState, freshAdam } from './adam.js';
import type { Architecture } from './layers.js';
import { initialParameters, type Parameter } from './parameters.js';

export interface EpochReport {
  readonly epoch: number;
  /** Centimetres: of the first examples of the epoch, and of the held-out ones. */
  readonly trainCm: number;
  readonly heldOutCm: number;
}

/** All that is needed to go on where training stopped. */
export interface TrainingState<Report = EpochReport> {
  readonly parameters: Parameter[];
  /** The values of the least held-out error. */
  readonly best: readonly Float32Array[];
  readonly adam: AdamState;
  readonly curve: Report[];
}

/** The state before the first step. */
export function freshState(architecture: Architecture, seed: number): TrainingState {
  return stateOf(initialParameters(architecture, seed));
}

/** The state before the first step of these parameters. */
export function stateOf<Report>(parameters: Parameter[]): TrainingState<Report> {
  return {
    parameters,
    best: parameters.map(({ values }) => Float32Array.from(values)),
    adam: freshAdam(parameters),
    curve: [],
  };
}

/** Puts an epoch's report down, and keeps the weights where its held-out error is the least so far. */
export function endEpoch({ parameters, best, curve }: TrainingState, report: EpochReport): void {
  const least = Math.min(Number.POSITIVE_INFINITY, ...curve.map(({ heldOutCm }) => heldOutCm));
  if (report.heldOutCm < least)
    parameters.forEach(({ values }, n) => {
      best[n].set(values);
    });
  curve.push(report);
}

/** How many epochs have gone by since the least held-out error. */
export function epochsSinceBest({ curve }: TrainingState): number {
  const errors = curve.map(({ heldOutCm }) => heldOutCm);
  return errors.length === 0 ? 0 : errors.length - 1 - errors.indexOf(Math.min(...errors));
}
