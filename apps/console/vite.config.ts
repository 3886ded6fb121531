import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** Files of the console carry a hash in their names, so that browsers may keep them for ever. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { conditions: ['tollgate-source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: join(ROOT, 'dist/console'),
    emptyOutDir: true,
    // The policy of the page allows data: for pictures only, and no other kind is worth inlining.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // Read by test/console/size.spec.ts: what a first visit loads.
    manifest: true,
    chunkSizeWarningLimit: 1_000,
    reportCompressedSize: false,
  },
  server: { proxy: Object.fromEntries(['/api', '/oidc', '/sign-in'].map((path) => [path, 'http://localhost:8081'])) },
});
