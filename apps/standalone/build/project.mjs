import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** The directory of package.json. */
export const ROOT = resolve(import.meta.dirname, '../../..');

/** Never walked for sources. */
const SKIPPED = new Set(['node_modules', 'dist', 'generated', '__fixtures__', '.cache']);
/** What Vite builds, not tsc: walked only when asked for by name. */
const CONSOLE = join('apps', 'console');

/**
 * Files below those of the given directories that exist, as sorted paths relative to the project.
 * @param {readonly string[]} directories
 * @returns {string[]}
 */
export function filesBelow(directories) {
  const existing = directories.map((directory) => join(ROOT, directory)).filter((path) => existsSync(path));
  return existing.flatMap((path) => [...walk(path)]).sort();
}

/** @param {string} directory @returns {Generator<string>} */
function* walk(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isFile()) yield relative(ROOT, path);
    else if (entry.isDirectory() && !SKIPPED.has(entry.name) && relative(ROOT, path) !== CONSOLE) yield* walk(path);
  }
}
