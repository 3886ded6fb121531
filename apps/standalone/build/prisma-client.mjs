import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './command.mjs';
import { fingerprint, unlessUnchanged } from './fingerprint.mjs';
import { ROOT } from './project.mjs';

const CLIENT = 'libs/database/generated';
/** Inside what it speaks of, so that it goes when the client goes. */
const STAMP = `${CLIENT}/.made-from`;

/** `prisma generate`, when the schema or Prisma's version changed or the client is not there. */
export async function generatePrismaClient() {
  const current = existsSync(join(ROOT, CLIENT, 'client.ts'))
    ? fingerprint(['prisma/schema.prisma', 'node_modules/prisma/package.json'])
    : 'missing';
  await unlessUnchanged(STAMP, current, async () => {
    const { code, output } = await runTool('prisma/build/index.js', ['generate']);
    if (code !== 0) throw new Error(`prisma generate failed\n${output}`);
  });
}
