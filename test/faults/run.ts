import { parseArgs } from 'node:util';
import { formatUsd } from '#libs/core';
import { runFaults } from './faults.js';

/** `npm run faults -- --calls 20000 --seed 1`: exit code 1 when anything was lost or doubled. */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    deaths: { type: 'string', default: '2' },
  },
});

const started = performance.now();
const print = (line: string): void =>
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${line}`);
const verdict = await runFaults({
  calls: whole('calls', values.calls, 10, 10_000_000),
  seed: whole('seed', values.seed, 0, 2 ** 32 - 1),
  deathsEach: whole('deaths', values.deaths, 0, 100),
  onProgress: print,
});
const { seen, records, orphans, bookedNanoUsd, violations } = verdict;
print(`clients saw ${seen.answered} answered, ${seen.refused} refused, ${seen.broken} broken, ${seen.left} left early`);
print(`the ledger has ${records} records, ${orphans} of them orphans, over ${formatUsd(bookedNanoUsd)} USD`);
for (const violation of violations.slice(0, 50)) print(`VIOLATION: ${violation}`);
print(violations.length === 0 ? 'nothing lost, nothing doubled' : `${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`--${name} must be an integer from ${least} to ${most}`);
  return value;
}
