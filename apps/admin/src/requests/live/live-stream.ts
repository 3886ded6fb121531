import type { FastifyReply } from 'fastify';
import type { UsageEvent } from '#libs/messages';
import { liveBatch } from './live-batch.js';

/** Events are told together, so that a busy organization costs a browser no more than a quiet one. */
const BATCH_MS = 500;
/** Something for proxies that close silent connections. */
const PING_MS = 15_000;
/** Then whoever looks asks again: with a fresh token, and the permission is judged anew. */
const LASTS_MS = 5 * 60_000;
/** A browser that does not read is let go rather than buffered for. */
const UNREAD_BYTES_MAX = 1024 * 1024;
/** Of a burst between two batches the oldest are not told. */
const WAITING_MAX = 2_000;

/**
 * Tells calls to one browser as server-sent events (HTML §9.2), each event `calls` with a LiveBatch, until it leaves or
 * {@link LASTS_MS} have passed. `listen` begins to hand over calls and answers how to stop that.
 */
export function streamCalls(
  reply: FastifyReply,
  listen: (tell: (events: readonly UsageEvent[]) => void) => () => void,
): void {
  const { raw } = reply.hijack();
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  });
  raw.write(': hello\n\n');
  let waiting: UsageEvent[] = [];
  const stopListening = listen((events) => {
    waiting = [...waiting, ...events].slice(-WAITING_MAX);
  });
  const batch = setInterval(() => {
    if (waiting.length === 0) return;
    if (raw.writableLength > UNREAD_BYTES_MAX) return void raw.destroy();
    raw.write(`event: calls\ndata: ${JSON.stringify(liveBatch(waiting))}\n\n`);
    waiting = [];
  }, BATCH_MS);
  const ping = setInterval(() => raw.write(': still here\n\n'), PING_MS);
  const end = setTimeout(() => raw.end(), LASTS_MS);
  for (const timer of [batch, ping, end]) timer.unref();
  raw.once('close', () => {
    stopListening();
    clearInterval(batch);
    clearInterval(ping);
    clearTimeout(end);
  });
}
