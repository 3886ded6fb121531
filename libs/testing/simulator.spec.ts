import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Simulator, startSimulator } from './simulator.js';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

function chat(model: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${simulator.baseUrl('openai')}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-test' },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'hi' }] }),
    ...(signal !== undefined && { signal }),
  });
}

it('speaks for each provider at its base URL', async () => {
  const providers = ['openai', 'anthropic', 'gemini', 'mistral', 'cohere', 'jina'] as const;
  const statuses = providers.map(async (provider) => (await fetch(`${simulator.baseUrl(provider)}/x`)).status);
  expect(await Promise.all(statuses)).toEqual(providers.map(() => 401));
});

it('puts up faults, shows calls, and forgets both on reset', async () => {
  const id = await simulator.fault({ provider: 'openai', fault: { status: 503, retryAfter: 1 } });
  expect((await chat('a')).status).toBe(503);
  await simulator.clearFaults(id);
  expect((await chat('a')).status).toBe(200);
  const calls = await simulator.calls();
  expect(calls.slice(-2).map(({ model, status }) => [model, status])).toEqual([
    ['a', 503],
    ['a', 200],
  ]);
  await simulator.reset();
  expect(await simulator.calls()).toEqual([]);
});

it('waits until a client that left was noticed', async () => {
  const client = new AbortController();
  const response = await chat('a~tokens=100000;tokenDelayMs=1', client.signal);
  await response.body?.getReader().read();
  client.abort();
  const calls = await simulator.waitForCalls((all) => all.some((call) => call.aborted));
  expect(calls.find((call) => call.aborted)).toMatchObject({ outcome: 'aborted', usage: { output: 100_000 } });
});

it('counts tokens as it bills them', async () => {
  expect(await simulator.tokens('one two three')).toBe(3);
});

it('says why it does not start', async () => {
  await expect(startSimulator({ env: { SIMULATOR_PORT: 'many' } })).rejects.toThrow('SIMULATOR_PORT is wrong');
});

it('ends when the process that started it is killed', async () => {
  const built = fileURLToPath(new URL('../../dist/libs/testing/simulator.js', import.meta.url));
  const script = `const { startSimulator } = await import(${JSON.stringify(built)}); console.log((await startSimulator()).url);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = (await once(parent.stdout, 'data')) as [Buffer];
  const url = output.toString().trim();
  const open = fetch(`${url}/control/calls/changes?after=0`).then((response) => response.text());
  await fetch(`${url}/health/live`);
  parent.kill('SIGKILL');
  await expect(open).rejects.toThrow();
  await expect(fetch(`${url}/health/live`)).rejects.toThrow();
});
