import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // The project's own public doors, from source instead of from dist/.
  resolve: {
    alias: [
      { find: /^#math\/(.*)\.js$/, replacement: source('./src/math/$1.ts') },
      { find: /^gaitway\/(\w+)$/, replacement: source('./src/$1/index.ts') },
    ],
  },
  test: {
    setupFiles: ['tests/seeded.ts'],
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/bench/**', '**/node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
