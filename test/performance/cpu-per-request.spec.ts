import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Child, startChild } from '../../bench/child.js';
import { complete, LOAD_CORE, type Target } from '../../bench/load.js';
import { chat } from '../../bench/measure.js';
import { PROCESSES, type Running, start } from '../../bench/subjects.js';

/**
 * A guard against work that creeps onto the call path. `npm run bench` measures; this only notices when a call with
 * everything on has become about twice as dear as it was. CPU by the kernel's account, and as a ratio, both within the same
 * seconds: a busy machine makes both dear.
 */
const RATIO_MAX = 12;
const WARM = 3_000;
const MEASURED = 1_500;
const ROUNDS = 2;

let provider: Child;
let bare: Running;
let full: Running;

beforeAll(async () => {
  provider = await startChild(`${PROCESSES}upstream.mjs`, [], {}, LOAD_CORE);
  const upstreamUrl = `http://127.0.0.1:${provider.port}`;
  bare = (await start('bare-proxy', upstreamUrl)) as Running;
  full = (await start('tollgate-full', upstreamUrl)) as Running;
}, 60_000);
afterAll(async () => {
  await full?.[Symbol.asyncDispose]();
  await bare?.[Symbol.asyncDispose]();
  await provider?.[Symbol.asyncDispose]();
});

async function cpuMicros({ child, target }: { readonly child: Child; readonly target: Target }): Promise<number> {
  const before = child.cpuMicros();
  await complete(target, chat(), MEASURED);
  return (child.cpuMicros() - before) / MEASURED;
}

it(`a call with everything on takes at most ${RATIO_MAX} times the CPU of a proxy that only parses`, async () => {
  for (const { target } of [bare, full]) await complete(target, chat(), WARM);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) ratios.push((await cpuMicros(full)) / (await cpuMicros(bare)));
  expect(Math.min(...ratios), `ratios ${ratios.map((ratio) => ratio.toFixed(1)).join(', ')}`).toBeLessThan(RATIO_MAX);
}, 240_000);
