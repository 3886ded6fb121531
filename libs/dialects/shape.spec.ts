import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { chatDialects } from './index.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Every chat dialect is laid out alike: whoever knows one finds their way in all. */
const EXPORTS = {
  'request.ts': ['decodeRequest', 'encodeRequest'],
  'response.ts': ['decodeResponse', 'encodeResponse'],
  'usage.ts': ['usageOf'],
  'errors.ts': ['decodeError', 'renderError', 'renderStreamError'],
} as const;
const MEMBERS = [
  ...Object.values(EXPORTS).flat(),
  'id',
  'decoder',
  'encoder',
  'takesAsIs',
  'passThrough',
  'answeredModelOf',
];

const load = (id: string, file: string) =>
  import(/* @vite-ignore */ new URL(`${id}/${file}`, import.meta.url).href) as Promise<Record<string, unknown>>;

describe.each(Object.keys(chatDialects))('%s', (id) => {
  test('has the files of a dialect, and a spec', () => {
    const files = readdirSync(`${here}${id}`);
    expect(files).toEqual(expect.arrayContaining(['index.ts', 'types.ts', 'stream.ts', ...Object.keys(EXPORTS)]));
    expect(files.some((file) => file.endsWith('.spec.ts'))).toBe(true);
  });

  test.each(Object.entries(EXPORTS))('%s exports %j', async (file, names) => {
    const module = await load(id, file);
    for (const name of names) expect(module[name], name).toBeTypeOf('function');
  });

  test('stream.ts exports a decoder and an encoder', async () => {
    const names = Object.keys(await load(id, 'stream.ts'));
    expect(names.some((name) => /decoder$/i.test(name))).toBe(true);
    expect(names.some((name) => /encoder$/i.test(name))).toBe(true);
  });

  test('is one value with every member of the contract', () => {
    const dialect = chatDialects[id as keyof typeof chatDialects];
    expect(dialect?.id).toBe(id);
    expect(Object.keys(dialect ?? {}).sort()).toEqual([...MEMBERS].sort());
  });
});

test('a folder that looks like a chat dialect is in the table', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const dialects = folders
    .map(({ name }) => name)
    .filter((name) => existsSync(`${here}${name}/index.ts`) && existsSync(`${here}${name}/stream.ts`));
  expect(dialects.sort()).toEqual(Object.keys(chatDialects).sort());
});
