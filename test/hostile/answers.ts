import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a provider that is broken, or an enemy, may answer; the statuses that the client gets, whole and streamed. */
export interface HostileAnswer {
  readonly name: string;
  readonly serve: (socket: Socket) => void;
  /** Absent: not asked for so. */
  readonly whole?: number;
  readonly streamed: number;
}

const head = (type: string, more = ''): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\nconnection: close\r\n${more}\r\n`;
const JSON_TYPE = 'application/json';
const SSE = 'text/event-stream';

const says =
  (text: string | Buffer) =>
  (socket: Socket): void =>
    void socket.end(text);

/** Writes pieces without end, as fast as they are taken. */
const endless =
  (start: string, piece: string) =>
  (socket: Socket): void => {
    socket.write(start);
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', more);
    more();
  };

const completion = (more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    id: 'x',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
    ...more,
  });
const whole = (text: string): string => head(JSON_TYPE, `content-length: ${Buffer.byteLength(text)}\r\n`) + text;
const chunk = (delta: unknown, more: Record<string, unknown> = {}): string =>
  `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: null }], ...more })}\n\n`;
const FINISH = `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`;
const stream = (...events: readonly string[]): string => `${head(SSE)}${events.join('')}data: [DONE]\n\n`;
const usage = (prompt: unknown, answer: unknown): Record<string, unknown> => ({
  usage: { prompt_tokens: prompt, completion_tokens: answer, total_tokens: 0 },
});

const failed = (name: string, text: string | Buffer): HostileAnswer => ({
  name,
  serve: says(text),
  whole: 502,
  streamed: 502,
});

export const hostileAnswers: readonly HostileAnswer[] = [
  failed('nothing at all', ''),
  failed('noise', '\x00\x01\x02\x03'),
  failed('half a head', 'HTTP/1.1 200'),
  failed('a status beyond statuses', 'HTTP/1.1 999 What\r\n\r\n'),
  failed('an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
  failed('no content', 'HTTP/1.1 204 No Content\r\n\r\n'),
  failed(
    'a redirect to the inside',
    'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:6379/\r\ncontent-length: 0\r\n\r\n',
  ),
  failed('a head of 100 KB', head(JSON_TYPE, `x-long: ${'x'.repeat(100_000)}\r\n`)),
  failed('a page', whole('<html>Bad gateway</html>').replace(JSON_TYPE, 'text/html')),
  failed('an empty success', whole('')),
  failed('an array', whole('[]')),
  failed('null', whole('null')),
  failed('cut JSON', whole('{"choices":[{"message":{"cont')),
  failed('less than it said', head(JSON_TYPE, 'content-length: 5000\r\n') + completion()),
  failed('JSON in 200,000 brackets', whole(`{"choices":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)),
  failed(
    'compression that nobody asked for',
    Buffer.concat([Buffer.from(head(JSON_TYPE, 'content-encoding: gzip\r\n')), gzipSync(completion())]),
  ),
  failed(
    'an error that calls itself a success',
    whole('{"error":{"message":"sk-simulated-provider-secret is wrong","type":"server_error"}}'),
  ),
  { name: 'an answer without end', serve: endless(head(JSON_TYPE), 'x'.repeat(65_536)), whole: 502, streamed: 502 },
  { name: 'a line without end', serve: endless(`${head(SSE)}data: `, 'x'.repeat(65_536)), whole: 502, streamed: 502 },
  { name: 'choices of null', serve: says(whole(completion({ choices: null }))), whole: 502, streamed: 502 },
  { name: 'usage below zero', serve: says(whole(completion(usage(-5, -1_000_000)))), whole: 200, streamed: 502 },
  { name: 'usage beyond numbers', serve: says(whole(completion(usage(1e300, 1e300)))), whole: 200, streamed: 502 },
  { name: 'usage in words', serve: says(whole(completion(usage('many', { toString: 1 })))), whole: 200, streamed: 502 },
  { name: 'usage in fractions', serve: says(whole(completion(usage(1.5, 2.5)))), whole: 200, streamed: 502 },
  {
    name: 'a prototype',
    serve: says(whole(`{"__proto__":{"polluted":true},${completion().slice(1)}`)),
    whole: 200,
    streamed: 502,
  },
  {
    name: 'a stream of usage below zero',
    serve: says(stream(chunk({ content: 'hello' }), chunk({}, usage(-5, -1_000_000)), FINISH)),
    whole: 502,
    streamed: 200,
  },
  {
    name: 'a stream of usage beyond numbers',
    serve: says(stream(chunk({ content: 'hello' }), chunk({}, usage(1e300, 1e300)), FINISH)),
    whole: 502,
    streamed: 200,
  },
  {
    name: 'a choice of a number beyond arrays',
    serve: says(stream(`data: {"choices":[{"index":4000000000,"delta":{"content":"hello"}}]}\n\n`, FINISH)),
    whole: 502,
    streamed: 200,
  },
  {
    name: 'a tool call of a number beyond arrays',
    serve: says(
      stream(
        chunk({
          tool_calls: [{ index: 4_000_000_000, id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
        }),
        FINISH,
      ),
    ),
    whole: 502,
    streamed: 200,
  },
  {
    name: 'events of garbage between good ones',
    serve: says(stream(chunk({ content: 'hello' }), 'data: {"choices\n\n', 'data: 7\n\n', ': \n\n', FINISH)),
    whole: 502,
    streamed: 200,
  },
  {
    name: 'more after the end',
    serve: says(`${stream(chunk({ content: 'hello' }), FINISH)}${chunk({ content: 'more' })}`),
    whole: 502,
    streamed: 200,
  },
  {
    name: 'a stream that ends and does not close',
    serve: (socket) =>
      void socket.write(stream(chunk({ content: 'hello' }), FINISH).replace('connection: close\r\n', '')),
    streamed: 200,
  },
];
