import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('npm ci runs no script of a package, and .npmrc says nothing that npm does not know', () => {
  const text = readFileSync(fileURLToPath(new URL('../../.npmrc', import.meta.url)), 'utf8');
  const settings = Object.fromEntries(
    text
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split('=')),
  );
  // onnxruntime-node would fetch CUDA libraries, tfjs-node a library; an unknown key makes npm 11 warn at every call.
  expect(settings).toEqual({ fund: 'false', audit: 'false', 'ignore-scripts': 'true' });
});
