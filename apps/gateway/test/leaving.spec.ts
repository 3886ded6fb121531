import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, route, startHarness, until } from './harness.js';
import { startUpstream } from './upstream.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());

const TRIALS = 50;
const CHUNK = `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"some words"}}]}\n\n`;

describe(`clients that leave, ${TRIALS} times`, () => {
  it.each([
    ['in the middle of a stream that passes through', '/v1/chat/completions', true],
    ['in the middle of a stream that is translated', '/v1/messages', true],
    ['before the answer began', '/v1/chat/completions', false],
  ])('%s: the provider’s connection is closed, and what was used is booked', async (name, path, begins) => {
    let asked: ((response: ServerResponse) => void) | undefined;
    await using upstream = await startUpstream((request, response) => {
      request.resume().once('end', () => asked?.(response));
      if (begins) response.writeHead(200, { 'content-type': 'text/event-stream' }).write(CHUNK);
    });
    await harness.configure({ ...upstream.part(harness, [upstream.model('own')]), routes: [route('fast', ['own'])] });
    const before = (await harness.events()).length;
    const took: number[] = [];
    for (let trial = 0; trial < TRIALS; trial++) {
      const leaving = new AbortController();
      const arrived = new Promise<ServerResponse>((resolve) => {
        asked = resolve;
      });
      const answer = fetch(harness.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          model: 'fast',
          max_tokens: 9,
          stream: true,
          messages: [{ role: 'user', content: 'x' }],
        }),
        signal: leaving.signal,
      });
      answer.catch(() => undefined);
      const response = await arrived;
      if (begins) await (await answer).body?.getReader().read();
      const closed = once(response, 'close');
      const from = performance.now();
      leaving.abort();
      await closed;
      took.push(performance.now() - from);
    }
    await until(async () => (await harness.events()).length === before + TRIALS);
    const events = (await harness.events()).slice(before);
    for (const event of events) {
      expect(event).toMatchObject({ status: 499, error: 'client_closed_request', estimated: true, model: 'own' });
      expect(BigInt(event.costNanoUsd)).toBeGreaterThan(0n);
    }
    const sorted = took.toSorted((a, b) => a - b);
    const [p50, max] = [sorted[TRIALS / 2], sorted.at(-1)].map((ms) => ms?.toFixed(1));
    console.info(`From leaving ${name} to the upstream's connection closed: p50 ${p50} ms, at most ${max} ms.`);
  });
});
