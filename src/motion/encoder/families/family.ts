import type { Architecture } from '../layers.js';

/** What a family may be told. */
export interface FamilyOptions {
  /** Numbers that the network predicts. */
  readonly outputs: number;
  /** How often the last residual block takes part in training; 1 switches stochastic depth off. */
  readonly survival: number;
}

/** The layers of a network: those over time, those after, and heads for training. */
export type FamilyLayers = Pick<Architecture, 'trunk' | 'head'> & Partial<Pick<Architecture, 'auxiliary'>>;
