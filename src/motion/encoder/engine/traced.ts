import type { Engine, Program, Shape, Tensorflow } from './engine.js';
import { registerRecordedKernels } from './recorded-kernels.js';
import { makeRecordingBackend, RECORDING_BACKEND, recordProgram } from './recorder.js';

interface OnnxTensor {
  readonly data: Float32Array;
}

/** What is used of onnxruntime-node: declared here, for it is often not installed. */
export interface OnnxRuntime {
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: {
        readonly executionProviders: readonly string[];
        readonly intraOpNumThreads: number;
        readonly extra: object;
      },
    ): Promise<OnnxSession>;
  };
  readonly env: { readonly versions: { readonly common: string } };
}

interface OnnxSession {
  run(
    feeds: Readonly<Record<string, OnnxTensor>>,
    fetches: Readonly<Record<string, OnnxTensor>>,
  ): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** The number of threads may change sums in their last bit, so it does not depend on the machine. */
const THREADS = 2;
/** Threads that wait busily take time from other work, and from each other on a machine that is used. */
const NO_SPINNING = { session: { intra_op: { allow_spinning: '0' } } };

/**
 * An engine that records a program once, differentiation included, and gives the recording to ONNX Runtime.
 *
 * Arrays go in and come out without a copy.
 */
export async function tracedEngine(tf: Tensorflow, runtime: OnnxRuntime): Promise<Engine> {
  const backend = tf.findBackend(RECORDING_BACKEND) ?? makeRecordingBackend(tf);
  const recording = backend as ReturnType<typeof makeRecordingBackend>;
  if (tf.getKernelsForBackend(RECORDING_BACKEND).length === 0) registerRecordedKernels(tf, recording);
  const asTensor = (data: Float32Array, shape: Shape): OnnxTensor =>
    new runtime.Tensor('float32', data, shape);
  return {
    name: 'traced',
    version: `ONNX Runtime ${runtime.env.versions.common}, TensorFlow.js ${tf.version.tfjs}`,
    async compile(program: Program) {
      await tf.setBackend(RECORDING_BACKEND);
      const { model, outputs } = recordProgram(tf, recording, program);
      const session = await runtime.InferenceSession.create(model, {
        executionProviders: ['cpu'],
        intraOpNumThreads: THREADS,
        extra: NO_SPINNING,
      });
      const results = outputs.map(
        (shape) => new Float32Array(shape.reduce((size, length) => size * length, 1)),
      );
      const fetches = Object.fromEntries(results.map((data, n) => [`o${n}`, asTensor(data, outputs[n])]));
      return {
        async run(inputs) {
          const feeds = Object.fromEntries(
            program.inputs.map((shape, n) => [`i${n}`, asTensor(inputs[n], shape)]),
          );
          const answer = await session.run(feeds, fetches);
          return results.map((_, n) => answer[`o${n}`].data);
        },
        dispose: () => session.release(),
      };
    },
  };
}
