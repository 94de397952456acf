import { GaitwayError } from '../../errors.js';

/**
 * One step of a network, over tables [time, channels]; a flat row is a table of one moment.
 *
 * Convolutions and pools pad with zeros on both sides, so that only `stride` makes a table shorter. `gain` scales
 * the fresh weights of a layer (1 by default).
 */
export type Layer =
  | { readonly op: 'dense'; readonly outputs: number; readonly gain?: number | undefined }
  | {
      readonly op: 'conv';
      readonly width: number;
      readonly stride: number;
      readonly outputs: number;
      /** Channels are cut into as many groups, each of which sees its own inputs alone. */
      readonly groups: number;
      readonly gain?: number | undefined;
    }
  | { readonly op: 'relu' }
  | {
      readonly op: 'pool';
      readonly kind: 'max' | 'mean';
      readonly width: number;
      readonly stride: number;
    }
  /** `skip(x) + body(x)`; without layers `skip` is x itself. In training the body is left out with 1 − `survival`. */
  | {
      readonly op: 'residual';
      readonly body: readonly Layer[];
      readonly skip: readonly Layer[];
      readonly survival: number;
    }
  /** Channels of all branches side by side; they see the same table. */
  | { readonly op: 'branches'; readonly branches: readonly (readonly Layer[])[] };

export interface TableShape {
  readonly time: number;
  readonly channels: number;
}

/** How an input row is cut up: frames of equal width are the table in time, and what joins them later. */
export interface Architecture {
  readonly inputs: number;
  readonly outputs: number;
  /** Columns at which the frames begin, newest first; none where the network sees a flat row only. */
  readonly frames: readonly number[];
  readonly channels: number;
  /** Columns [from, to) that join what the trunk made of the frames. */
  readonly rest: readonly [number, number];
  readonly trunk: readonly Layer[];
  /** From the trunk's flat answer and the rest to the outputs. */
  readonly head: readonly Layer[];
  /** Heads used in training only, each on the table after `after` layers of the trunk. */
  readonly auxiliary: readonly { readonly after: number; readonly head: readonly Layer[] }[];
}

/** A network without layers, of which only the straight linear path is left. */
export function linearArchitecture(inputs: number, outputs: number): Architecture {
  return {
    inputs,
    outputs,
    frames: [],
    channels: 0,
    rest: [0, inputs],
    trunk: [],
    head: [],
    auxiliary: [],
  };
}

/** Weights [rows, columns] and a bias [1, columns] of one layer. */
export interface LayerParameters {
  readonly shape: readonly [number, number];
  /** Numbers that one output is made of, and the layer's gain; 0 inputs in a bias. */
  readonly fanIn: number;
  readonly gain: number;
}

/** Taps of a convolution or pool: how far outputs reach, and the zeros before the first moment. */
export function tapsOf(time: number, width: number, stride: number): { time: number; before: number } {
  const out = Math.ceil(time / stride);
  return { time: out, before: Math.floor(Math.max(0, (out - 1) * stride + width - time) / 2) };
}

/** The shape of what a layer makes of a table. @throws GaitwayError `encoder/bad-network` where it cannot. */
export function shapeAfter(layer: Layer, { time, channels }: TableShape): TableShape {
  switch (layer.op) {
    case 'relu':
      return { time, channels };
    case 'dense':
      return { time: 1, channels: layer.outputs };
    case 'conv':
      if (channels % layer.groups !== 0 || layer.outputs % layer.groups !== 0)
        throw badNetwork(`${channels} and ${layer.outputs} channels are not cut evenly into ${layer.groups}`);
      return { time: tapsOf(time, layer.width, layer.stride).time, channels: layer.outputs };
    case 'pool':
      return { time: tapsOf(time, layer.width, layer.stride).time, channels };
    case 'residual': {
      const body = shapeAfterAll(layer.body, { time, channels });
      const skip = shapeAfterAll(layer.skip, { time, channels });
      if (body.time !== skip.time || body.channels !== skip.channels)
        throw badNetwork(
          `a block gives ${body.time} × ${body.channels}, and ${skip.time} × ${skip.channels} beside it`,
        );
      return body;
    }
    case 'branches': {
      const shapes = layer.branches.map((branch) => shapeAfterAll(branch, { time, channels }));
      if (shapes.some((shape) => shape.time !== shapes[0].time))
        throw badNetwork(`branches are ${shapes.map((shape) => shape.time).join(' and ')} moments long`);
      return { time: shapes[0].time, channels: shapes.reduce((sum, shape) => sum + shape.channels, 0) };
    }
  }
}

export function shapeAfterAll(layers: readonly Layer[], shape: TableShape): TableShape {
  return layers.reduce((before, layer) => shapeAfter(layer, before), shape);
}

/** The parameters of layers, in the order in which they are used: weights, bias, weights, bias … */
export function parametersOfLayers(layers: readonly Layer[], shape: TableShape): LayerParameters[] {
  let before = shape;
  return layers.flatMap((layer) => {
    const parameters = parametersOfLayer(layer, before);
    before = shapeAfter(layer, before);
    return parameters;
  });
}

function parametersOfLayer(layer: Layer, shape: TableShape): LayerParameters[] {
  switch (layer.op) {
    case 'relu':
    case 'pool':
      return [];
    case 'dense': {
      const inputs = shape.time * shape.channels;
      return weightsAndBias(inputs, layer.outputs, inputs, layer.outputs, layer.gain);
    }
    case 'conv': {
      const { width, groups, outputs } = layer;
      const rows = width * shape.channels;
      return weightsAndBias(rows, outputs / groups, rows / groups, outputs, layer.gain);
    }
    case 'residual':
      return [...parametersOfLayers(layer.skip, shape), ...parametersOfLayers(layer.body, shape)];
    case 'branches':
      return layer.branches.flatMap((branch) => parametersOfLayers(branch, shape));
  }
}

function weightsAndBias(
  rows: number,
  columns: number,
  fanIn: number,
  outputs: number,
  gain = 1,
): LayerParameters[] {
  return [
    { shape: [rows, columns], fanIn, gain },
    { shape: [1, outputs], fanIn: 0, gain: 0 },
  ];
}

/** The tables that go into the trunk and into the head. */
export function tablesOf({ frames, channels, rest, trunk }: Architecture): {
  window: TableShape;
  joined: TableShape;
} {
  const window = { time: frames.length, channels };
  const flat = frames.length === 0 ? { time: 0, channels: 0 } : shapeAfterAll(trunk, window);
  return { window, joined: { time: 1, channels: flat.time * flat.channels + rest[1] - rest[0] } };
}

/** All parameters: of the trunk, of the head, and last of the auxiliary heads. */
export function parametersOf(architecture: Architecture): LayerParameters[] {
  const { trunk, head, auxiliary, frames } = architecture;
  const { window, joined } = tablesOf(architecture);
  return [
    ...(frames.length === 0 ? [] : parametersOfLayers(trunk, window)),
    ...parametersOfLayers(head, joined),
    ...auxiliary.flatMap(({ after, head: aside }) =>
      parametersOfLayers(aside, shapeAfterAll(trunk.slice(0, after), window)),
    ),
  ];
}

/** Survival of every residual block, in the order in which the forward pass meets them. */
export function survivals(layers: readonly Layer[]): number[] {
  return layers.flatMap((layer) => {
    if (layer.op === 'residual') return [...survivals(layer.skip), layer.survival, ...survivals(layer.body)];
    return layer.op === 'branches' ? layer.branches.flatMap(survivals) : [];
  });
}

export function badNetwork(what: string): GaitwayError {
  return new GaitwayError('encoder/bad-network', `The encoder's network does not fit together: ${what}.`);
}
