import { GaitwayError } from '../../errors.js';
import type { Encoder } from '../encoder/encoder.js';
import { architectureOf, type FamilyName } from '../encoder/families/families.js';
import type { InputPlan } from '../encoder/inputs.js';
import { type Architecture, parametersOf } from '../encoder/layers.js';
import { initialParameters, type Parameter } from '../encoder/parameters.js';

/** The part of a tagger that looks at each frame alone, as training sets out with it. */
export interface TaggerBody {
  readonly architecture: Architecture;
  readonly parameters: Parameter[];
}

/** A family's network without its last layer, with fresh weights. */
export function freshBody(family: FamilyName, plan: InputPlan, seed: number): TaggerBody {
  const whole = architectureOf(family, plan, { outputs: 1, survival: 1 });
  const architecture = withoutLastLayer(whole);
  return { architecture, parameters: initialParameters(architecture, seed) };
}

/**
 * An encoder's network without its last layer, with what it has learned.
 *
 * @throws GaitwayError `tagger/linear-encoder` where the encoder has no layers.
 */
export function bodyOfEncoder({ network, kind }: Encoder): TaggerBody {
  if (network.architecture.head.length === 0) {
    throw new GaitwayError(
      'tagger/linear-encoder',
      `The encoder is ${kind}: it has no layers that a tagger could build on. Train one with --encoder mlp, or leave --from out.`,
    );
  }
  const architecture = withoutLastLayer(network.architecture);
  const parameters = parametersOf(architecture).map(({ shape, fanIn }, n) => ({
    shape,
    values: Float32Array.from(network.arrays[n]),
    decays: fanIn > 0,
  }));
  return { architecture, parameters };
}

/** What the last dense layer would see: the numbers of the one before it, rectified. */
function withoutLastLayer(whole: Architecture): Architecture {
  const head = whole.head.slice(0, -1);
  const last = head.findLast((layer) => layer.op === 'dense');
  return { ...whole, head, auxiliary: [], outputs: last?.op === 'dense' ? last.outputs : 0 };
}
