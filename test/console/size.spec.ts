import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const BUILT = 'dist/console';
const BYTES_MAX = 300 * 1024;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

describe('the console', () => {
  it('sends at most 300 KB of JavaScript, gzipped, before its first page', () => {
    const manifest = JSON.parse(readFileSync(`${BUILT}/.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;
    const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry);
    const wanted = new Set<string>();
    const want = (name: string): void => {
      if (wanted.has(name)) return;
      wanted.add(name);
      for (const imported of manifest[name]?.imports ?? []) want(imported);
    };
    want(entry ?? '');
    want('src/pages/overview/page.tsx');
    const files = [...wanted].map((name) => manifest[name]?.file ?? '');
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(`${BUILT}/${file}`)).length, 0);
    expect(files.length).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(BYTES_MAX);
    console.log(`first visit: ${files.length} scripts, ${Math.round(bytes / 1024)} KB gzipped`);
  });
});
