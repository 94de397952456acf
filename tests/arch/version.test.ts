import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { VERSION } from '../../src/cli/version.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const json = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(root, file), 'utf8'));

it('says one version in the package, the command line, the changelog and the plugin', () => {
  const changelog = /^## \[(\d+\.\d+\.\d+)\]/m.exec(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'))?.[1];
  const plugin = join('ue-plugin', 'Gaitway', 'Gaitway.uplugin');
  const said = {
    package: json('package.json').version,
    lock: json('package-lock.json').version,
    changelog,
    ...(existsSync(join(root, plugin)) ? { plugin: json(plugin).VersionName } : {}),
  };
  expect(Object.entries(said).filter(([, version]) => version !== VERSION)).toEqual([]);
});
