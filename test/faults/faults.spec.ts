import { expect, it } from 'vitest';
import { runFaults } from './faults.js';

/** The short version of `npm run faults`, which does the same with 20,000 calls and two deaths each. */
it('nothing is lost or doubled while gateway, worker, Redis and Postgres are killed under load', async () => {
  const lines: string[] = [];
  const verdict = await runFaults({ calls: 600, seed: 7, deathsEach: 1, onProgress: (line) => lines.push(line) });
  expect(verdict.violations).toEqual([]);
  expect(verdict.seen.answered).toBeGreaterThan(200);
  expect(lines.filter((line) => line.includes('kill -9'))).toHaveLength(4);
}, 240_000);
