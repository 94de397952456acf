import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: fromHere('.'),
  // The page is served under a token, so its own addresses are relative.
  base: './',
  build: {
    outDir: fromHere('../../../dist/preview/app'),
    emptyOutDir: true,
    target: 'es2022',
    // Content security policy: scripts are files, never text in the page.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      onLog(level, log, report) {
        // Shared modules reach for Node's files where they run there; in the page those parts are never called.
        if (!log.message.includes('has been externalized for browser compatibility')) report(level, log);
      },
    },
  },
});
