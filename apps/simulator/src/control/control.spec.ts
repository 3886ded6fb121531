import { afterAll, beforeAll, expect, it } from 'vitest';
import { CREDENTIALS, type UnderTest, underTest } from '../under-test.js';

let simulator: UnderTest;
beforeAll(async () => {
  simulator = await underTest();
});
afterAll(() => simulator.stop());

const ask = (method: string, path: string, body?: unknown) =>
  fetch(simulator.url + path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
const chat = (headers = CREDENTIALS) =>
  simulator.post('/openai/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content: 'hi' }] }, headers);

it('is alive', async () => {
  expect((await ask('GET', '/health/live')).status).toBe(200);
});

it('puts up a fault and takes it down again', async () => {
  const posted = await ask('POST', '/control/faults', { provider: 'openai', fault: { status: 503 } });
  expect(posted.status).toBe(201);
  const { id } = (await posted.json()) as { id: string };
  expect((await chat()).status).toBe(503);
  expect((await ask('DELETE', `/control/faults/${id}`)).status).toBe(204);
  expect((await ask('DELETE', `/control/faults/${id}`)).status).toBe(404);
  expect((await chat()).status).toBe(200);
});

it('refuses a fault it does not know', async () => {
  expect((await ask('POST', '/control/faults', { fault: { colour: 'red' } })).status).toBe(400);
});

it('keeps what a call brought, its credential and raw body included, and what it cost', async () => {
  await ask('DELETE', '/control/calls');
  await chat();
  const { calls } = (await (await ask('GET', '/control/calls')).json()) as { calls: readonly object[] };
  expect(calls).toMatchObject([
    {
      provider: 'openai',
      path: '/openai/v1/chat/completions',
      model: 'm',
      headers: { authorization: 'Bearer sk-test' },
      body: '{"model":"m","messages":[{"role":"user","content":"hi"}]}',
      outcome: 'answered',
      status: 200,
      usage: { input: 1, output: 4 },
      aborted: false,
    },
  ]);
});

it('keeps nothing while recording is off', async () => {
  await ask('POST', '/control/settings', { record: false });
  await ask('DELETE', '/control/calls');
  await chat();
  expect(simulator.simulation.calls.list()).toEqual([]);
  await ask('POST', '/control/reset');
  expect(simulator.simulation.settings.record).toBe(true);
});

it('counts the tokens of a text as it bills them', async () => {
  expect(await (await ask('POST', '/control/tokens', { text: 'one two' })).json()).toEqual({ tokens: 2 });
});

it('answers 404 outside its paths', async () => {
  expect((await ask('GET', '/nowhere')).status).toBe(404);
});
