import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const PROOFS = ['apps/gateway/test/booking.spec.ts', 'test/e2e/outages.spec.ts'];

it('every booking rule in docs/guides/limits-and-budgets.md names a test, and every test of booking is a rule there', async () => {
  const page = await readFile('docs/guides/limits-and-budgets.md', 'utf8');
  const [, table = ''] = /## What is booked\n[\s\S]*?\n\|---.*\n((?:\|.*\n)+)/.exec(page) ?? [];
  const named = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').at(-2)?.trim());
  const [booking, outages] = await Promise.all(PROOFS.map((file) => readFile(file, 'utf8')));
  const testsOf = (text = ''): string[] => [...text.matchAll(/^ {2}it\('(.*)', async/gm)].map(([, name = '']) => name);
  expect([...testsOf(booking), ...testsOf(outages)]).toEqual(expect.arrayContaining(named));
  expect(named).toEqual(expect.arrayContaining(testsOf(booking)));
});
