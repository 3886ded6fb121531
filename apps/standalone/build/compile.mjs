import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './command.mjs';
import { fingerprint, unlessUnchanged } from './fingerprint.mjs';
import { filesBelow, ROOT } from './project.mjs';

/** TypeScript, and the JavaScript that it may import. */
const SOURCE = /\.(ts|mjs)$/;
/** Of the tests, what `npm run faults` runs on. */
const SOURCES = ['apps', 'bench', 'libs', 'test/e2e', 'test/faults'];
const SETTINGS = ['package.json', 'tsconfig.build.json', 'tsconfig.json', 'prisma/schema.prisma'];
const TSC = 'typescript/bin/tsc';
const PROJECT = ['-p', 'tsconfig.build.json'];

/** tsc into dist/, when a source changed. It is incremental: only what changed is checked and written again. */
export async function compile() {
  const sources = filesBelow(SOURCES).filter((file) => SOURCE.test(file) && !file.endsWith('.spec.ts'));
  await unlessUnchanged('dist/.compiled-from', fingerprint([...sources, ...SETTINGS]), async () => {
    removeOrphans(new Set(sources));
    const { code, output } = await runTool(TSC, PROJECT);
    if (code !== 0) throw new Error(`tsc found errors\n${output}`);
  });
}

/** JavaScript whose source is gone would still be found by an import. */
function removeOrphans(sources) {
  for (const file of filesBelow(SOURCES.map((directory) => join('dist', directory)))) {
    if (!file.endsWith('.js') || sources.has(file.slice('dist/'.length).replace(/\.js$/, '.ts'))) continue;
    rmSync(join(ROOT, file));
    rmSync(join(ROOT, `${file}.map`), { force: true });
  }
}
