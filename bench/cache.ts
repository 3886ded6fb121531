import { setTimeout } from 'node:timers/promises';
import { pin, startChild } from './child.js';
import { LOAD_CORE, paced, percentile, saturate, type Target } from './load.js';
import { chat } from './measure.js';
import { PROCESSES } from './subjects.js';
import { startTollgate } from './tollgate.js';

/**
 * What a hit costs beside a call that passes through, in one process and one run: `node dist/bench/cache.js [--quick]`. Rounds
 * alternate, so that whatever else the machine does is in both; medians. Latencies are the client's, at 200 calls a second, so
 * they are more than the gateway's own.
 */
const quick = process.argv.includes('--quick');
const [rounds, seconds] = quick ? [3, 3] : [7, 8];
const WAYS = { 'passes through': { 'x-tollgate-cache': 'no-store' }, hit: {} } as const;
type Way = keyof typeof WAYS;

pin(process.pid, LOAD_CORE);
await using provider = await startChild(`${PROCESSES}upstream.mjs`, [], {}, LOAD_CORE);
await using tollgate = await startTollgate('caching', `http://127.0.0.1:${provider.port}`);
const { child, target } = tollgate;
const targetOf = (way: Way): Target => ({ ...target, headers: { ...target.headers, ...WAYS[way] } });

for (const way of Object.keys(WAYS) as Way[]) await saturate(targetOf(way), chat(), seconds);
const costs: Record<Way, number[]> = { 'passes through': [], hit: [] };
const latencies: Record<Way, number[]> = { 'passes through': [], hit: [] };
for (let round = 0; round < rounds; round++) {
  for (const way of Object.keys(WAYS) as Way[]) {
    const before = child.cpuMicros();
    const { requests, failed } = await saturate(targetOf(way), chat(), seconds);
    if (failed > 0) throw new Error(`${failed} of ${requests} requests failed: these are not figures`);
    costs[way].push((child.cpuMicros() - before) / requests);
    await setTimeout(200);
    latencies[way].push(percentile(await paced(targetOf(way), chat(), 200, seconds), 0.5));
  }
}
const median = (values: readonly number[]): number =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
console.table(
  (Object.keys(WAYS) as Way[]).map((way) => ({
    way,
    'µs of CPU': Number(median(costs[way]).toFixed(1)),
    '× passing through': Number((median(costs[way]) / median(costs['passes through'])).toFixed(2)),
    'ms p50': Number(median(latencies[way]).toFixed(2)),
  })),
);
