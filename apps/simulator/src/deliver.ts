import type { Outcome } from './control/call-log.js';
import { eventStreamFrame } from './event-stream.js';
import type { Fault } from './faults/fault.js';
import type { Line } from './line.js';
import type { Answer, Framing, Headers, StreamEvent, WireError } from './vendor.js';

/** Events before a failure in the stream, unless the fault says otherwise. */
const EVENTS_BEFORE_ERROR = 3;
/** Which event of a stream `malformed` breaks, counted from 0. */
const MALFORMED_EVENT = 2;

export interface Delivered {
  readonly outcome: Outcome;
  readonly events: number;
}

/** Sends an answer, spoiled as the fault says, at the given pace (milliseconds between tokens of a stream). */
export async function deliver(
  answer: Answer,
  fault: Fault,
  line: Line,
  headers: Headers,
  tokenDelayMs: number,
): Promise<Delivered> {
  if (answer.kind === 'stream') return deliverStream(answer, fault, line, headers, fault.tokenDelayMs ?? tokenDelayMs);
  await line.pause(fault.delayMs ?? 0);
  const contentType = answer.kind === 'json' ? 'application/json' : answer.contentType;
  const body = answer.kind === 'json' ? Buffer.from(JSON.stringify(answer.body)) : answer.body;
  return { outcome: await deliverBody(body, fault, line, { ...headers, 'content-type': contentType }), events: 0 };
}

/** Sends a vendor's error. */
export function deliverError(error: WireError, line: Line, headers: Headers): void {
  const body = JSON.stringify(error.body);
  const length = String(Buffer.byteLength(body));
  line.head(error.status, {
    ...headers,
    ...error.headers,
    'content-type': 'application/json',
    'content-length': length,
  });
  line.end(body);
}

/** Sends what a proxy in front of a vendor sends when the vendor is away. */
export function deliverHtml(status: number, line: Line): void {
  line.head(status, { 'content-type': 'text/html' });
  line.end(
    `<html>\r\n<head><title>${status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>${status} Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`,
  );
}

async function deliverBody(body: Buffer, fault: Fault, line: Line, headers: Headers): Promise<Outcome> {
  const half = body.subarray(0, body.length >> 1);
  const whole = fault.malformed ? half : body;
  line.head(200, { ...headers, 'content-length': String(whole.length) });
  if (fault.cutAfterEvents === undefined && fault.stallAfterEvents === undefined) {
    line.end(whole);
    return 'answered';
  }
  await line.write(half);
  if (fault.cutAfterEvents !== undefined) {
    line.cut();
    return 'cut';
  }
  await line.stall();
  return 'aborted';
}

async function deliverStream(
  answer: Extract<Answer, { kind: 'stream' }>,
  fault: Fault,
  line: Line,
  headers: Headers,
  tokenDelayMs: number,
): Promise<Delivered> {
  const { frame, contentType } = FRAMINGS[answer.framing];
  const errorAt = fault.errorInStream ? (fault.errorAfterEvents ?? EVENTS_BEFORE_ERROR) : -1;
  line.head(200, { ...headers, 'content-type': contentType, 'cache-control': 'no-cache' });
  if (tokenDelayMs > 0 || fault.delayMs || fault.cutAfterEvents === 0 || fault.stallAfterEvents === 0) line.flushHead();
  await line.pause(fault.delayMs ?? 0);

  let sent = 0;
  for (const event of answer.events) {
    if (!line.open) return { outcome: 'aborted', events: sent };
    if (sent === fault.cutAfterEvents) {
      line.cut();
      return { outcome: 'cut', events: sent };
    }
    if (sent === fault.stallAfterEvents) {
      await line.stall();
      return { outcome: 'aborted', events: sent };
    }
    if (sent === errorAt) return fail(answer.failure, sent, line, frame);
    if (fault.noDone && event.closing) continue;
    if (event.paced && tokenDelayMs > 0) await line.pause(tokenDelayMs);
    const spoiled = fault.malformed && sent === MALFORMED_EVENT;
    await line.write(frame(spoiled ? { ...event, data: event.data.slice(0, event.data.length >> 1) } : event, sent));
    sent += 1;
  }
  if (answer.framing === 'json-array' && !fault.noDone) await line.write(sent === 0 ? '[]' : '\n]');
  line.end();
  return { outcome: line.open ? 'answered' : 'aborted', events: sent };
}

type Frame = (event: StreamEvent, index: number) => string | Buffer;

async function fail(events: readonly StreamEvent[], sent: number, line: Line, frame: Frame): Promise<Delivered> {
  for (const [i, event] of events.entries()) await line.write(frame(event, sent + i));
  line.end();
  return { outcome: 'failed', events: sent + events.length };
}

const sseFrame: Frame = ({ name, data }) =>
  name === undefined ? `data: ${data}\n\n` : `event: ${name}\ndata: ${data}\n\n`;

/** Gemini without `alt=sse`: one JSON array whose elements arrive one by one. */
const jsonArrayFrame: Frame = ({ data }, index) => `${index === 0 ? '[' : ',\r\n'}${data}`;

const FRAMINGS: Readonly<Record<Framing, { readonly frame: Frame; readonly contentType: string }>> = {
  sse: { frame: sseFrame, contentType: 'text/event-stream; charset=utf-8' },
  'json-array': { frame: jsonArrayFrame, contentType: 'application/json; charset=UTF-8' },
  'aws-event-stream': { frame: eventStreamFrame, contentType: 'application/vnd.amazon.eventstream' },
};
