import type { DataId, DataType, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs';
import { GaitwayError } from '../../../errors.js';
import type { Program, Shape, Tensorflow } from './engine.js';
import { encodeOnnx, littleEndian, type OnnxConstant, type OnnxNode, type OnnxType } from './onnx.js';

/** The backend of TensorFlow.js that computes nothing and writes down what it is asked to compute. */
export const RECORDING_BACKEND = 'gaitway-recorder';

type BackendValues = Parameters<KernelBackend['write']>[0];

/** What the recording backend knows of a tensor: its name in the graph, or values that have none yet. */
interface Recorded {
  readonly shape: Shape;
  readonly type: OnnxType;
  name?: string;
  readonly values?: ArrayLike<number>;
}

/** The graph as it grows. */
export class Recorder {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxConstant[] = [];
  private readonly names = new Map<string, string>();
  private readonly known: WeakMap<DataId, Recorded>;
  private count = 0;

  constructor(known: WeakMap<DataId, Recorded>) {
    this.known = known;
  }

  /** The name of a tensor in the graph; values that were given as such become constants. */
  nameOf({ dataId }: TensorInfo): string {
    const recorded = this.known.get(dataId);
    if (!recorded) throw new Error('a tensor of another backend came into the recording');
    recorded.name ??= this.constant(recorded.values ?? [], recorded.shape, recorded.type);
    return recorded.name;
  }

  /** A tensor that is called `name` in the graph. */
  tensor(name: string, shape: Shape, dtype: DataType): TensorInfo {
    const dataId = {};
    this.known.set(dataId, { name, shape, type: typeOf(dtype) });
    return { dataId, shape: [...shape], dtype };
  }

  /** Adds an operation and gives the name of its only output. */
  add(op: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    return this.addAll(op, inputs, 1, attributes)[0];
  }

  /** Adds an operation with several outputs. */
  addAll(
    op: string,
    inputs: readonly string[],
    outputCount: number,
    attributes: OnnxNode['attributes'] = {},
  ): string[] {
    const outputs = Array.from({ length: outputCount }, () => `t${this.count++}`);
    this.nodes.push({ op, inputs, outputs, attributes });
    return outputs;
  }

  /** A constant; equal ones are kept once. */
  constant(values: ArrayLike<number>, shape: Shape, type: OnnxType): string {
    const bytes = littleEndian(values, type);
    const key = bytes.length <= 256 ? `${type}|${shape.join()}|${bytes.join()}` : undefined;
    const found = key !== undefined ? this.names.get(key) : undefined;
    if (found !== undefined) return found;
    const name = `c${this.count++}`;
    this.constants.push({ name, type, shape, bytes });
    if (key !== undefined) this.names.set(key, name);
    return name;
  }

  /** A list of sizes, as ONNX operations take them. */
  sizes(values: Shape): string {
    return this.constant(values, [values.length], 'int64');
  }
}

/** A backend that records, and the recorder that is at work: one at a time, never across an await. */
export interface RecordingBackend extends KernelBackend {
  recorder: Recorder;
  readonly known: WeakMap<DataId, Recorded>;
}

/** Registers the recording backend with TensorFlow.js, once for each copy of it. */
export function makeRecordingBackend(tf: Tensorflow): RecordingBackend {
  class Recording extends tf.KernelBackend implements RecordingBackend {
    readonly known = new WeakMap<DataId, Recorded>();
    recorder = new Recorder(this.known);

    override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
      const dataId = {};
      this.known.set(dataId, { shape, type: typeOf(dtype), values: values as ArrayLike<number> });
      return dataId;
    }
    override readSync(dataId: DataId): Float32Array {
      const values = this.known.get(dataId)?.values;
      if (!values) throw new Error('a program read a value while it was recorded');
      return Float32Array.from(values);
    }
    override read(dataId: DataId): Promise<Float32Array> {
      return Promise.resolve(this.readSync(dataId));
    }
    override disposeData(): boolean {
      return true;
    }
    override refCount(): number {
      return 1;
    }
    override incRef(): void {}
    override numDataIds(): number {
      return 0;
    }
    override timerAvailable(): boolean {
      return false;
    }
    override floatPrecision(): 32 {
      return 32;
    }
    override epsilon(): number {
      return 1e-7;
    }
  }
  const backend = new Recording();
  tf.registerBackend(RECORDING_BACKEND, () => backend, 0);
  return backend;
}

/**
 * Runs a program once on the recording backend: the bytes of an ONNX model with inputs `i0, i1, …` and outputs
 * `o0, o1, …`, and the shapes of the outputs.
 *
 * @throws GaitwayError `encoder/cannot-trace` where the program uses an operation that is not recorded.
 */
export function recordProgram(
  tf: Tensorflow,
  backend: RecordingBackend,
  program: Program,
): { model: Uint8Array; outputs: Shape[] } {
  const recorder = new Recorder(backend.known);
  backend.recorder = recorder;
  const inputs = program.inputs.map((shape, n) => ({ name: `i${n}`, shape }));
  try {
    const shapes: Shape[] = [];
    tf.tidy(() => {
      const tensors = inputs.map(({ name, shape }) =>
        tf.engine().makeTensorFromTensorInfo(recorder.tensor(name, shape, 'float32'), backend),
      );
      program.outputs(tf, tensors).forEach((output: Tensor, n) => {
        recorder.nodes.push({
          op: 'Identity',
          inputs: [recorder.nameOf(output)],
          outputs: [`o${n}`],
          attributes: {},
        });
        shapes.push([...output.shape]);
      });
    });
    const outputs = shapes.map((shape, n) => ({ name: `o${n}`, shape }));
    return {
      model: encodeOnnx({ nodes: recorder.nodes, constants: recorder.constants, inputs, outputs }),
      outputs: shapes,
    };
  } catch (error) {
    throw new GaitwayError(
      'encoder/cannot-trace',
      `The training step cannot be traced: ${error instanceof Error ? error.message : String(error)}. Use --engine wasm.`,
      {},
      error,
    );
  }
}

function typeOf(dtype: DataType): OnnxType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new Error(`tensors of ${dtype} are not recorded`);
}
