/**
 * `npm start`: makes the clone runnable (dependencies, build), then runs it. Plain JavaScript without dependencies,
 * because in a fresh clone there are none.
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './build/project.mjs';
import { installDependencies } from './start/dependencies.mjs';
import { checkNodeVersion } from './start/node-version.mjs';
import { step } from './start/step.mjs';

try {
  checkNodeVersion(process.versions.node);
  await installDependencies();
  // Only now: the build may use what has just been installed.
  const { build } = await import('./build.mjs');
  await step('Building', build);
} catch (cause) {
  process.stderr.write(`tollgate: ${cause.message}\n`);
  process.exit(1);
}
await import(pathToFileURL(join(ROOT, 'dist/apps/standalone/src/main.js')).href);
