import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Target } from './load.js';
import { startTollgate } from './tollgate.js';

/*
 * What a client that reads 1 KB/s of a 100 MB stream costs a gateway process: its resident memory with many of them, less its
 * memory before, divided by how many they are. `npm run build && node dist/bench/slow-readers.js`.
 */
const READERS = 40;
const SECONDS = 15;
const MB = 1024 * 1024;
const EVENT = `data: ${JSON.stringify({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { content: 'x'.repeat(2_000) } }],
})}\n\n`;

let sent = 0;
async function flood(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let bytes = 0; bytes < 100 * MB && !response.destroyed; bytes += EVENT.length) {
    sent += EVENT.length;
    if (!response.write(EVENT)) await new Promise((resolve) => response.once('drain', resolve));
  }
}

/** Asks, and reads 1 KB/s from then on. */
async function slowReader({ origin, headers }: Target, path: string): Promise<Socket> {
  const body = JSON.stringify({
    model: 'bench',
    max_tokens: 9,
    stream: true,
    messages: [{ role: 'user', content: 'x' }],
  });
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined).pause();
  await once(socket, 'connect');
  const all = { ...headers, host: hostname, 'content-type': 'application/json', 'content-length': String(body.length) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  const reading = setInterval(() => socket.read(1024), 1_000);
  socket.once('close', () => clearInterval(reading));
  return socket;
}

const upstream = createServer((request, response) => {
  request.resume();
  void flood(response);
});
await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
await using tollgate = await startTollgate('min', `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`);
const { child, target } = tollgate;
/** Kilobytes of the gateway's memory, and megabytes taken from the provider, for each reader. */
async function measure(path: string): Promise<{ readonly ownKb: number; readonly sentMb: number }> {
  const before = child.residentBytes();
  sent = 0;
  const sockets = await Promise.all(Array.from({ length: READERS }, () => slowReader(target, path)));
  await setTimeout(SECONDS * 1_000);
  if (sent === 0) throw new Error('nothing was streamed: these are not figures');
  const figures = { ownKb: (child.residentBytes() - before) / READERS / 1024, sentMb: sent / READERS / MB };
  for (const socket of sockets) socket.destroy();
  await setTimeout(2_000);
  return figures;
}

for (const [name, path] of [
  ['passed through', '/v1/chat/completions'],
  ['translated', '/v1/messages'],
] as const) {
  // Warm: code compiled, heap grown, the vocabulary (70 MB, once per process) loaded by which broken streams are counted.
  await measure(path);
  const { ownKb, sentMb } = await measure(path);
  console.info(
    `${name}: ${READERS} readers of 1 KB/s for ${SECONDS} s: ${ownKb.toFixed(0)} KB of the gateway's memory each; ` +
      `${sentMb.toFixed(1)} MB each have left the provider, nearly all of it in the kernel's buffers.`,
  );
}
upstream.closeAllConnections();
upstream.close();
