import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'holden.cpp');

/**
 * The C++ version of `holdenSearch` on one database and one list of queries, or nothing where there is no g++.
 *
 * `run` answers them all once and gives `{answers, micros}`; `close` removes what was written for it.
 */
export function nativeHolden({ rows, dimension }, ranges, queries, continuing) {
  const folder = mkdtempSync(join(tmpdir(), 'gaitway-holden-'));
  const at = (name) => join(folder, name);
  const close = () => rmSync(folder, { recursive: true });
  const program = at(process.platform === 'win32' ? 'holden.exe' : 'holden');
  if (spawnSync('g++', ['-O3', '-o', program, SOURCE], { stdio: 'inherit' }).status !== 0) {
    close();
    return undefined;
  }
  writeFileSync(at('rows'), rows);
  writeFileSync(at('ranges'), Int32Array.from(ranges.flatMap(({ from, to }) => [from, to])));
  writeFileSync(at('queries'), Float32Array.from(queries.flatMap((row) => [...row])));
  writeFileSync(at('continuing'), Int32Array.from(continuing));
  const read = (name, Numbers) => {
    const bytes = new Uint8Array(readFileSync(at(name)));
    return new Numbers(bytes.buffer, 0, bytes.length / Numbers.BYTES_PER_ELEMENT);
  };
  return {
    close,
    run() {
      const { status } = spawnSync(program, [folder, String(dimension)], { stdio: 'inherit' });
      if (status !== 0) throw new Error(`holden.cpp ended with ${status}`);
      return { answers: read('answers', Int32Array), micros: read('micros', Float64Array) };
    },
  };
}
