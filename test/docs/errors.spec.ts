import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { CODES } from '#libs/core';

it('docs/errors.md names every error code with its status and retry, and no other', async () => {
  const page = await readFile('docs/errors.md', 'utf8');
  const documented = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (\w+) \|/gm)].map(([, code, status, retry]) => [
    code,
    Number(status),
    retry,
  ]);
  expect(documented).toEqual(Object.entries(CODES).map(([code, { status, retry }]) => [code, status, retry]));
});
