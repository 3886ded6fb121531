/**
 * `npm run build`: Prisma client, TypeScript, the web console, and the files that code reads beside itself, each only when
 * something changed. Plain JavaScript, because it runs before there is anything built. Ends with exit code 1 on a type error.
 */
import { pathToFileURL } from 'node:url';
import { copyAssets } from './build/assets.mjs';
import { compile } from './build/compile.mjs';
import { buildConsole } from './build/console.mjs';
import { generatePrismaClient } from './build/prisma-client.mjs';

/** Brings generated code and dist/ up to date. Throws with one line. About 50 ms when nothing changed. */
export async function build() {
  await generatePrismaClient();
  // Two processes at once: the console needs nothing of the apps.
  await Promise.all([compile(), buildConsole()]);
  copyAssets();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await build();
  } catch (cause) {
    process.stderr.write(`build: ${cause.message}\n`);
    process.exit(1);
  }
}
