import { type InputPlan, inputBlocks, inputsInTime, inputsWithPast } from '../inputs.js';
import type { Architecture } from '../layers.js';
import { sizeOfBlocks } from '../rows.js';
import { alexnet } from './alexnet.js';
import type { FamilyLayers, FamilyOptions } from './family.js';
import { inception } from './inception.js';
import { lenet } from './lenet.js';
import { mlp } from './mlp.js';
import { resnet } from './resnet.js';
import { resnext } from './resnext.js';
import { vgg } from './vgg.js';
import { wideResnet } from './wide-resnet.js';
import { zfnet } from './zfnet.js';

export const FAMILY_NAMES = [
  'mlp',
  'lenet',
  'alexnet',
  'zfnet',
  'vgg',
  'inception',
  'resnet',
  'wide-resnet',
  'resnext',
] as const;
export type FamilyName = (typeof FAMILY_NAMES)[number];

/** Families whose blocks may be left out in training (stochastic depth). */
export const RESIDUAL_FAMILIES: readonly FamilyName[] = ['resnet', 'wide-resnet', 'resnext'];

const FAMILIES: Readonly<Record<FamilyName, (options: FamilyOptions) => FamilyLayers>> = {
  mlp,
  lenet,
  alexnet,
  zfnet,
  vgg,
  inception,
  resnet,
  'wide-resnet': wideResnet,
  resnext,
};

/** What a network of a family is asked with. */
export function planOf(family: FamilyName, roles: readonly string[], rateHz: number): InputPlan {
  return family === 'mlp' ? inputsWithPast(roles, rateHz) : inputsInTime(roles, rateHz);
}

/**
 * The network of a family for a plan: its trunk sees the poses up to now as a table in time, newest first; what it makes
 * of them joins the present pose, velocity and path at the head. The `mlp` sees all as one flat row.
 */
export function architectureOf(family: FamilyName, plan: InputPlan, options: FamilyOptions): Architecture {
  const { auxiliary = [], ...layers } = FAMILIES[family](options);
  const inputs = sizeOfBlocks(inputBlocks(plan));
  const channels = 3 * plan.roles.length;
  const pastFrom = inputs - channels * plan.poseBehind.length;
  const common = { inputs, outputs: options.outputs, channels, auxiliary, ...layers };
  if (layers.trunk.length === 0) return { ...common, frames: [], rest: [0, inputs] };
  return {
    ...common,
    frames: [0, ...plan.poseBehind.map((_, k) => pastFrom + k * channels)],
    rest: [0, pastFrom],
  };
}
