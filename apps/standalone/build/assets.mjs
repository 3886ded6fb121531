import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { filesBelow, ROOT } from './project.mjs';

/** Kinds of files that code reads relative to itself. */
const ASSETS = new Set(['.bin', '.css', '.html', '.json', '.jsonl', '.lua', '.mjs', '.sql', '.svg']);

/** Copies them to the same place below dist/, when they are newer there than here. */
export function copyAssets() {
  for (const file of filesBelow(['apps', 'libs'])) {
    if (!ASSETS.has(extname(file)) || file.startsWith(join('apps', 'standalone'))) continue;
    const [source, target] = [join(ROOT, file), join(ROOT, 'dist', file)];
    if (existsSync(target) && statSync(target).mtimeMs >= statSync(source).mtimeMs) continue;
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(source, target);
  }
}
