import type { KernelFunc, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import type { Shape, Tensorflow } from './engine.js';
import { ONNX_TYPES, type OnnxType } from './onnx.js';
import { RECORDING_BACKEND, type RecordingBackend } from './recorder.js';

/** How each operation of TensorFlow.js that models and losses use is said in ONNX. */
export function registerRecordedKernels(tf: Tensorflow, backend: RecordingBackend): void {
  type Inputs = Record<string, TensorInfo>;
  const put = (
    kernelName: string,
    record: (inputs: Inputs, attrs: NamedAttrMap) => TensorInfo | TensorInfo[],
  ): void => {
    const kernelFunc: KernelFunc = ({ inputs, attrs }) =>
      record(inputs as NamedTensorInfoMap as Inputs, attrs ?? {});
    tf.registerKernel({ kernelName, backendName: RECORDING_BACKEND, kernelFunc });
  };
  const add: typeof backend.recorder.add = (...args) => backend.recorder.add(...args);
  const name = (tensor: TensorInfo): string => backend.recorder.nameOf(tensor);
  const sizes = (values: Shape): string => backend.recorder.sizes(values);
  const made = (from: string, shape: Shape, dtype: TensorInfo['dtype'] = 'float32'): TensorInfo =>
    backend.recorder.tensor(from, shape, dtype);
  const broadcast = (a: Shape, b: Shape): number[] =>
    tf.broadcast_util.assertAndGetBroadcastShape([...a], [...b]);

  const PAIRS = { Add: 'Add', Sub: 'Sub', Multiply: 'Mul', RealDiv: 'Div', Maximum: 'Max' };
  for (const [kernel, op] of Object.entries(PAIRS))
    put(kernel, ({ a, b }) => made(add(op, [name(a), name(b)]), broadcast(a.shape, b.shape), a.dtype));
  for (const [kernel, op] of Object.entries({ GreaterEqual: 'GreaterOrEqual', Less: 'Less' }))
    put(kernel, ({ a, b }) => made(add(op, [name(a), name(b)]), broadcast(a.shape, b.shape), 'bool'));
  for (const kernel of ['Relu', 'Neg', 'Exp', 'Log'])
    put(kernel, ({ x }) => made(add(kernel, [name(x)]), x.shape, x.dtype));
  put('SquaredDifference', ({ a, b }) => {
    const difference = add('Sub', [name(a), name(b)]);
    return made(add('Mul', [difference, difference]), broadcast(a.shape, b.shape));
  });
  put('Step', ({ x }) => {
    const above = add('Greater', [name(x), backend.recorder.constant([0], [], 'float32')]);
    return made(add('Cast', [above], { to: ONNX_TYPES.float32 }), x.shape);
  });
  put('Softmax', ({ logits }, { dim }) =>
    made(add('Softmax', [name(logits)], { axis: dim as number }), logits.shape),
  );
  put('Cast', ({ x }, { dtype }) => {
    const type = dtype as TensorInfo['dtype'];
    return made(add('Cast', [name(x)], { to: ONNX_TYPES[type as OnnxType] }), x.shape, type);
  });
  put('Identity', ({ x }) => ({ dataId: x.dataId, shape: x.shape, dtype: x.dtype }));

  const reshaped = (x: TensorInfo, shape: Shape): TensorInfo =>
    made(add('Reshape', [name(x), sizes(shape)]), shape, x.dtype);
  put('Reshape', ({ x }, { shape }) =>
    reshaped(x, tf.util.inferFromImplicitShape(shape as number[], tf.util.sizeFromShape(x.shape))),
  );
  put('ExpandDims', ({ input }, { dim }) => {
    const shape = [...input.shape];
    shape.splice((dim as number) < 0 ? shape.length + 1 + (dim as number) : (dim as number), 0, 1);
    return reshaped(input, shape);
  });
  put('Transpose', ({ x }, { perm }) => {
    const axes = perm as number[];
    return made(
      add('Transpose', [name(x)], { perm: [...axes] }),
      axes.map((axis) => x.shape[axis]),
      x.dtype,
    );
  });
  put('Slice', ({ x }, { begin, size }) => {
    const [from, lengths] = tf.slice_util.parseSliceParams(x, begin as number[], size as number[]);
    const to = from.map((start, axis) => start + lengths[axis]);
    const axes = from.map((_, axis) => axis);
    return made(add('Slice', [name(x), sizes(from), sizes(to), sizes(axes)]), lengths, x.dtype);
  });
  put('PadV2', ({ x }, { paddings, constantValue }) => {
    const around = paddings as [number, number][];
    const ends = sizes([...around.map(([before]) => before), ...around.map(([, after]) => after)]);
    const value = backend.recorder.constant([constantValue as number], [], 'float32');
    return made(
      add('Pad', [name(x), ends, value]),
      around.map(([before, after], axis) => before + x.shape[axis] + after),
      x.dtype,
    );
  });
  put('Concat', (inputs, { axis }) => {
    const parts = Object.values(inputs);
    const [along] = tf.util.parseAxisParam(axis as number, parts[0].shape);
    const shape = tf.backend_util.computeOutShape(
      parts.map((part) => part.shape),
      along,
    );
    return made(add('Concat', parts.map(name), { axis: along }), shape, parts[0].dtype);
  });
  put('SplitV', ({ x }, { numOrSizeSplits, axis }) => {
    const [along] = tf.util.parseAxisParam(axis as number, x.shape);
    const parts = tf.backend_util.prepareSplitSize(
      x as Parameters<typeof tf.backend_util.prepareSplitSize>[0],
      numOrSizeSplits as number[],
      along,
    );
    const names = backend.recorder.addAll('Split', [name(x), sizes(parts)], parts.length, { axis: along });
    return names.map((part, n) =>
      made(
        part,
        x.shape.map((size, a) => (a === along ? parts[n] : size)),
        x.dtype,
      ),
    );
  });
  put('Tile', ({ x }, { reps }) => {
    const times = reps as number[];
    return made(
      add('Tile', [name(x), sizes(times)]),
      x.shape.map((size, axis) => size * times[axis]),
      x.dtype,
    );
  });
  put('Sum', ({ x }, { axis, keepDims }) => {
    const axes = tf.util.parseAxisParam(axis as number[], x.shape);
    const [kept] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
    const shape = keepDims ? tf.backend_util.expandShapeToKeepDim(kept, axes) : kept;
    return made(add('ReduceSum', [name(x), sizes(axes)], { keepdims: keepDims ? 1 : 0 }), shape, x.dtype);
  });

  const filled = (shape: Shape, value: number): TensorInfo => {
    const one = backend.recorder.constant([value], [], 'float32');
    return made(shape.length === 0 ? one : add('Expand', [one, sizes(shape)]), shape);
  };
  put('Fill', (_, { shape, value }) => filled(shape as number[], value as number));
  put('ZerosLike', ({ x }) => filled(x.shape, 0));
  put('OnesLike', ({ x }) => filled(x.shape, 1));

  put('BatchMatMul', ({ a, b }, { transposeA, transposeB }) => {
    const rows = a.shape[a.shape.length - (transposeA ? 1 : 2)];
    const columns = b.shape[b.shape.length - (transposeB ? 2 : 1)];
    const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
    if (tf.util.sizeFromShape(batch) !== 1)
      throw new Error('products of stacks of matrices are not recorded');
    const flat = (tensor: TensorInfo): string =>
      tensor.shape.length === 2 ? name(tensor) : name(reshaped(tensor, tensor.shape.slice(-2)));
    const product = made(
      transposeA || transposeB
        ? add('Gemm', [flat(a), flat(b)], { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 })
        : add('MatMul', [flat(a), flat(b)]),
      [rows, columns],
    );
    return batch.length === 0 ? product : reshaped(product, [...batch, rows, columns]);
  });
}
