import type { Engine, EngineName, Program, Tensorflow } from './engine.js';

/** An engine that runs the operations of a program one by one, every time, on a backend of TensorFlow.js. */
export function eagerEngine(tf: Tensorflow, name: EngineName, backend: string): Engine {
  return {
    name,
    version: `TensorFlow.js ${tf.version.tfjs}`,
    async compile({ inputs: shapes, outputs }: Program) {
      return {
        async run(inputs) {
          if (tf.getBackend() !== backend) await tf.setBackend(backend);
          const results = tf.tidy(() => [
            ...outputs(
              tf,
              shapes.map((shape, n) => tf.tensor(inputs[n], [...shape])),
            ),
          ]);
          // Read outside of tidy: it would walk every element of what it is given back.
          const arrays = results.map((tensor) => tensor.dataSync<'float32'>());
          tf.dispose(results);
          return arrays;
        },
        dispose: async () => undefined,
      };
    },
  };
}
