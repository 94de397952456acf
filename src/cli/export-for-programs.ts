import { GaitwayError } from '../errors.js';
import type { EncoderSide } from '../motion/index.js';
import { exportDatabase, exportEncoder } from '../pipeline/index.js';
import type { CliContext } from './context.js';

/** Flags of `convert`; those beside these are for animations. */
interface Flags {
  readonly force: boolean;
  readonly json: boolean;
  readonly mesh: boolean;
}

function refuseOfClips(
  { mesh, ...ofClips }: Omit<Flags, 'force' | 'json'>,
  input: string,
  what: string,
): void {
  const [given] = mesh ? Object.keys(ofClips) : ['no-mesh'];
  if (given !== undefined)
    throw new GaitwayError('cli/usage', `--${given} is for animations; ${input} is ${what}.`, { input });
}

/** Writes a motion database for other programs, and prints what it holds. */
export async function exportDatabaseTo(
  context: CliContext,
  input: string,
  output: string,
  { force, json, ...ofClips }: Flags,
): Promise<void> {
  refuseOfClips(ofClips, input, 'a motion database');
  const report = await exportDatabase(input, output, { force });
  if (json) context.print(JSON.stringify({ ok: true, input, ...report }, null, 2));
  else {
    const arrays = report.arrays.map(({ name, shape }) => `${name} [${shape.join(', ')}]`);
    context.print(`${output}: ${arrays.join(', ')}, ${report.bytes} bytes`);
  }
}

/** Writes a side of an encoder for other programs, and prints what goes in and comes out. */
export async function exportEncoderTo(
  context: CliContext,
  input: string,
  output: string,
  { force, json, side, ...ofClips }: Flags & { readonly side: EncoderSide },
): Promise<void> {
  refuseOfClips(ofClips, input, 'an encoder');
  const report = await exportEncoder(input, output, { side, force });
  if (json) context.print(JSON.stringify({ ok: true, input, ...report }, null, 2));
  else {
    const { columns, dim, bytes } = report;
    context.print(
      `${output}: ${side} side, "input" float32 [1, ${columns.length}] to "latent" float32 [1, ${dim}], ${bytes} bytes; --json names the inputs`,
    );
  }
}
