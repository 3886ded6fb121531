import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dataOf, type UnderTest, underTest } from './under-test.js';

let simulator: UnderTest;
beforeAll(async () => {
  simulator = await underTest();
});
beforeEach(() => {
  simulator.simulation.calls.clear();
});
afterAll(() => simulator.stop());

function chat(fault: string, stream = false, signal?: AbortSignal): Promise<Response> {
  const body = { model: `m~${fault}`, stream, messages: [{ role: 'user', content: 'one two three four five' }] };
  return simulator.post('/openai/v1/chat/completions', body, undefined, signal);
}

/** The call that was received last, once it satisfies the condition. */
async function lastCall(condition: (outcome: string) => boolean) {
  const { calls } = simulator.simulation;
  for (let version = -1; ; ) {
    version = await calls.changedSince(version, AbortSignal.timeout(5_000));
    const last = calls.list().at(-1);
    if (last !== undefined && condition(last.outcome)) return last;
  }
}

describe('an answer that is not there', () => {
  it('is an error of the vendor with retry-after', async () => {
    const response = await chat('status=429;retryAfter=2');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
    expect(await lastCall((outcome) => outcome === 'failed')).toMatchObject({ status: 429 });
  });

  it('carries the code that the fault names', async () => {
    const response = await chat('status=429;code=insufficient_quota');
    expect(await response.json()).toMatchObject({ error: { type: 'insufficient_quota', code: 'insufficient_quota' } });
  });

  it("is a proxy's page", async () => {
    const response = await chat('html=true');
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.text()).toContain('<html>');
  });

  it('is a reset connection', async () => {
    await expect(chat('reset=true')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(await lastCall((outcome) => outcome === 'reset')).toMatchObject({ aborted: false });
  });

  it('comes back after the first N calls', async () => {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await chat('status=500;times=2')).status);
    expect(statuses).toEqual([500, 500, 200]);
  });

  it('is 400 where the fault cannot be read', async () => {
    const response = await chat('colour=red');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('unknown fault colour');
  });
});

/** Least durations only: a slow machine cannot fail these. */
describe('a late answer', () => {
  it('waits before the head for slowHeadersMs, and before the body for delayMs', async () => {
    const began = performance.now();
    await (await chat('slowHeadersMs=30;delayMs=30')).text();
    expect(performance.now() - began).toBeGreaterThan(55);
  });

  it('paces the tokens of a stream', async () => {
    const began = performance.now();
    const response = await chat('tokens=5;tokenDelayMs=10', true);
    await response.text();
    expect(performance.now() - began).toBeGreaterThan(45);
  });
});

describe('a broken JSON answer', () => {
  it('is half a text with malformed', async () => {
    const text = await (await chat('malformed=true')).text();
    expect(() => JSON.parse(text)).toThrow();
  });

  it('is cut off in the middle with cutAfterEvents', async () => {
    const response = await chat('cutAfterEvents=1');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(await lastCall((outcome) => outcome === 'cut')).toMatchObject({ aborted: false });
  });

  it('has no usage with noUsage', async () => {
    expect(await (await chat('noUsage=true')).json()).not.toHaveProperty('usage');
  });
});

describe('a broken stream', () => {
  it('is cut off after exactly N events', async () => {
    const response = await chat('cutAfterEvents=3', true);
    const received: string[] = [];
    const reading = (async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) received.push(chunk);
    })();
    await expect(reading).rejects.toThrow();
    expect(dataOf(received.join('')).length).toBe(3);
    expect(await lastCall((outcome) => outcome === 'cut')).toMatchObject({ events: 3, status: 200 });
  });

  it('falls silent after N events until the client leaves, and tells when that was', async () => {
    const client = new AbortController();
    const response = await chat('stallAfterEvents=2', true, client.signal);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let received = '';
    while (dataOf(received).length < 2) received += (await reader.read()).value;
    client.abort();
    const call = await lastCall((outcome) => outcome === 'aborted');
    expect(call.aborted).toBe(true);
    expect(Date.parse(call.abortedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(call.at));
  });

  it('holds an event that is not JSON with malformed', async () => {
    const events = dataOf(await (await chat('malformed=true', true)).text());
    expect(() => JSON.parse(events[2]!)).toThrow();
    expect(events.at(-1)).toBe('[DONE]');
  });

  it('ends without the closing event with noDone', async () => {
    expect(dataOf(await (await chat('noDone=true', true)).text())).not.toContain('[DONE]');
  });

  it("ends with the vendor's error event after N events with errorInStream", async () => {
    const events = dataOf(await (await chat('errorInStream=true;errorAfterEvents=1', true)).text());
    expect(events.length).toBe(2);
    expect(JSON.parse(events[1]!)).toMatchObject({ error: { type: 'server_error' } });
  });
});

it('notices a client that leaves in the middle of a stream', async () => {
  const client = new AbortController();
  const response = await chat('tokens=1000;tokenDelayMs=5', true, client.signal);
  await response.body!.getReader().read();
  client.abort();
  const call = await lastCall((outcome) => outcome === 'aborted');
  expect(call.aborted).toBe(true);
  expect(call.events).toBeLessThan(1000);
});
