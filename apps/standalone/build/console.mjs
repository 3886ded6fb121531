import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './command.mjs';
import { fingerprint, unlessUnchanged } from './fingerprint.mjs';
import { filesBelow, ROOT } from './project.mjs';

/** Inside what it speaks of, so that it goes when the console goes. */
const STAMP = 'dist/console/.built-from';
const VITE = 'vite/bin/vite.js';
const ARGS = ['build', '--config', 'apps/console/vite.config.ts', '--logLevel', 'warn'];

/** The web console into dist/, when one of its files or a dependency changed. Types are checked by `npm run typecheck`. */
export async function buildConsole() {
  if (!existsSync(join(ROOT, 'apps/console/index.html'))) return;
  const sources = filesBelow(['apps/console']).filter((file) => !file.endsWith('.spec.ts'));
  await unlessUnchanged(STAMP, fingerprint([...sources, 'package-lock.json']), async () => {
    const { code, output } = await runTool(VITE, ARGS);
    if (code !== 0) throw new Error(`vite could not build the console\n${output}`);
  });
}
