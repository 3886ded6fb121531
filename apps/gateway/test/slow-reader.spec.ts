import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, route, startHarness, until } from './harness.js';
import { type OwnUpstream, startUpstream } from './upstream.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());

const MB = 1024 * 1024;
const EVENT = `data: ${JSON.stringify({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { content: 'x'.repeat(2_000) } }],
})}\n\n`;

/** Sends 100 MB of a stream, as fast as it is taken. */
async function flood(response: ServerResponse, sent: (bytes: number) => void): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let bytes = 0; bytes < 100 * MB && !response.destroyed; bytes += EVENT.length) {
    sent(EVENT.length);
    if (!response.write(EVENT)) await new Promise((resolve) => response.once('drain', resolve));
  }
}

const flooding = (sent: (bytes: number) => void): Promise<OwnUpstream> =>
  startUpstream((request, response) => {
    request.resume();
    void flood(response, sent);
  });

/** A client that takes no more than it says, over a socket of its own. */
class SlowReader {
  private constructor(private readonly socket: Socket) {}

  static async ask(path: string, body: object): Promise<SlowReader> {
    const { hostname, port } = new URL(harness.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined).pause();
    await once(socket, 'connect');
    const json = JSON.stringify(body);
    socket.write(
      `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${harness.key}\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`,
    );
    return new SlowReader(socket);
  }

  async take(bytes: number): Promise<void> {
    while (this.socket.read(bytes) === null) await once(this.socket, 'readable');
  }

  leave(): void {
    this.socket.destroy();
  }
}

const asked = { messages: [{ role: 'user', content: 'x' }], stream: true };
const SURFACES = [
  ['passed through', '/v1/chat/completions', asked],
  ['translated', '/v1/messages', { ...asked, max_tokens: 9 }],
] as const;

describe('a client that reads 1 KB at a time of a stream of 100 MB', () => {
  it.each(SURFACES)('holds the provider back: %s', async (_, path, ask) => {
    let sent = 0;
    await using upstream = await flooding((bytes) => {
      sent += bytes;
    });
    await harness.configure({ ...upstream.part(harness, [upstream.model('own')]), routes: [route('fast', ['own'])] });
    const client = await SlowReader.ask(path, { model: 'fast', ...ask });
    for (let read = 0; read < 20; read++) {
      await client.take(1024);
      let before = -1;
      await until(() => {
        const still = before === sent;
        before = sent;
        return still;
      });
    }
    // What is under way is in the buffers of four sockets, which the kernel makes: a few megabytes each at most.
    expect(sent).toBeLessThan(24 * MB);
    client.leave();
  });
});

describe('a client that reads nothing', () => {
  it.each(SURFACES)(
    'is given up when the time of its call is over, and gives back its place: %s',
    async (_, path, ask) => {
      await using upstream = await flooding(() => undefined);
      const one = { id: 'one', scope: {}, requestsPerMinute: null, tokensPerMinute: null, maxConcurrency: 1 };
      await harness.configure({
        ...upstream.part(harness, [upstream.model('own')]),
        routes: [route('fast', ['own'], { timeoutMs: 800 }), route('other', ['gpt'])],
        rateLimits: [one],
      });
      const before = (await harness.events()).length;
      const client = await SlowReader.ask(path, { model: 'fast', ...ask });
      await until(async () => (await harness.events()).length > before);
      const event = (await harness.events())[before];
      expect(event).toMatchObject({ error: 'upstream_error', estimated: true, model: 'own' });
      expect(BigInt(event?.costNanoUsd ?? 0)).toBeGreaterThan(0n);
      expect((await harness.chat({ model: 'other' })).status).toBe(200);
      client.leave();
    },
  );
});
