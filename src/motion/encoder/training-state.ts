import { type AdamState, freshAdam } from './adam.js';
import type { Architecture } from './layers.js';
import { initialParameters, type Parameter } from './parameters.js';

export interface EpochReport {
  readonly epoch: number;
  /** Centimetres: of the first examples of the epoch, and of the held-out ones. */
  readonly trainCm: number;
  readonly heldOutCm: number;
}

/** How pre-training ended. */
export interface PretrainingReport {
  /** Half the squared distance to what was to be given back, a row, over the last tenth of the steps; `vae` adds the divergence. */
  readonly loss: number;
  /** See `checkerboardShare`; where a window in time was given back. */
  readonly checkerboard?: number | undefined;
}

/** All that is needed to go on where training stopped. */
export interface TrainingState<Report = EpochReport> {
  readonly parameters: Parameter[];
  /** The values of the least held-out error. */
  readonly best: readonly Float32Array[];
  readonly adam: AdamState;
  readonly curve: Report[];
  /** Where the parameters were pre-trained before the first epoch. */
  pretrained?: PretrainingReport;
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
