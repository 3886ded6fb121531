import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './project.mjs';

/**
 * What a step was made from: names, sizes and times of change. Cheap enough for every start, and notices a file that
 * was removed, which the newest time alone would not.
 * @param {readonly string[]} files relative to the project
 */
export function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(ROOT, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/**
 * Runs `make` unless it last succeeded with the same fingerprint.
 * @param {string} stampFile where that fingerprint is kept, relative to the project
 * @param {string} current
 * @param {() => Promise<void>} make
 */
export async function unlessUnchanged(stampFile, current, make) {
  const path = join(ROOT, stampFile);
  if (existsSync(path) && readFileSync(path, 'utf8') === current) return;
  await make();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, current);
}
