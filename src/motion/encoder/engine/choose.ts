import { GaitwayError } from '../../../errors.js';
import { eagerEngine } from './eager.js';
import { ENGINE_NAMES, type Engine, type EngineName, type Tensorflow } from './engine.js';
import { type EngineModules, realModules } from './modules.js';
import { timeEngine } from './self-timing.js';
import { tracedEngine } from './traced.js';
import { multiplyUntransposed } from './wasm-transpose.js';

/** An engine, and a sentence for people: what was chosen, and why the others were not. */
export interface ChosenEngine {
  readonly engine: Engine;
  readonly why: string;
}

/** What choosing needs of the world around. */
export interface ChoiceOptions {
  /** Milliseconds that pass, for the self-timing. */
  readonly now?: () => number;
  readonly modules?: EngineModules;
}

/**
 * The engine that trains: the fastest of those that load, by a short self-timing, or the one that is wanted.
 *
 * Plain JavaScript is timed by nobody: it is taken where nothing else loads. Without a clock the first that loads in
 * the order of `ENGINE_NAMES` is taken.
 *
 * @throws GaitwayError `encoder/no-engine` where the wanted one does not load, with the reason.
 */
export async function chooseEngine(
  wanted: EngineName | 'auto',
  { now, modules = realModules }: ChoiceOptions = {},
): Promise<ChosenEngine> {
  const tf = await modules.core();
  tf.enableProdMode();
  const refusals: string[] = [];
  const timed: { engine: Engine; ms: number | undefined }[] = [];
  for (const name of wanted === 'auto' ? ENGINE_NAMES : [wanted]) {
    if (name === 'cpu' && timed.length > 0) break;
    try {
      const engine = await load(name, tf, modules);
      if (wanted !== 'auto') return { engine, why: `trains on ${name} as asked${slowness(name)}` };
      timed.push({ engine, ms: name === 'cpu' || !now ? undefined : await timeEngine(engine, now) });
      if (!now) break;
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
      refusals.push(`${name} does not load (${reason})`);
    }
  }
  timed.sort((a, b) => (a.ms ?? 0) - (b.ms ?? 0));
  const [best, ...slower] = timed;
  if (!best) {
    throw new GaitwayError(
      'encoder/no-engine',
      `No engine to train with: ${refusals.join('; ')}. Use --engine auto, or run "npm install" again.`,
      { wanted, refusals },
    );
  }
  const step = (ms: number | undefined): string => (ms === undefined ? '' : `, ${ms.toFixed(1)} ms a step`);
  const reasons = [
    ...slower.map(({ engine, ms }) => `${engine.name} is slower (${ms?.toFixed(1)} ms)`),
    ...refusals,
  ];
  return {
    engine: best.engine,
    why: `trains on ${best.engine.name}${step(best.ms)}${reasons.length > 0 ? `; ${reasons.join('; ')}` : ''}${slowness(best.engine.name)}`,
  };
}

const slowness = (name: EngineName): string =>
  name === 'cpu' ? '; plain JavaScript is about thirty times slower than WebAssembly' : '';

async function load(name: EngineName, tf: Tensorflow, modules: EngineModules): Promise<Engine> {
  if (name === 'traced') return tracedEngine(tf, await modules.onnx());
  if (name === 'tfjs-node') await modules.node();
  if (name === 'wasm') await modules.wasm();
  const backend = name === 'tfjs-node' ? 'tensorflow' : name;
  if (!(await tf.setBackend(backend))) throw new Error(`the backend "${backend}" did not start`);
  await tf.ready();
  if (name === 'wasm') multiplyUntransposed(tf);
  return eagerEngine(tf, name, backend);
}
