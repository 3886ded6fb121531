import type { Piece } from './raw-http.js';

/** A request whose head (or the way it is sent) is the attack, and what must come back; null: only a closed connection. */
export interface HostileHead {
  readonly name: string;
  readonly pieces: readonly Piece[];
  readonly status: number | null;
}

const BODY = '{"model":"fast","messages":[{"role":"user","content":"say hello"}]}';

/** Everything that goes over the wire; `key` is a gateway key that works. */
export function hostileHeads(key: string): readonly HostileHead[] {
  const line = 'POST /v1/chat/completions HTTP/1.1';
  const authorized = ['Host: gateway', `Authorization: Bearer ${key}`, 'Content-Type: application/json'];
  const head = (...more: readonly string[]): string => `${[line, ...authorized, ...more].join('\r\n')}\r\n\r\n`;
  const whole = (...more: readonly string[]): string => head(...more, `Content-Length: ${BODY.length}`) + BODY;
  const answered = (name: string, ...more: readonly string[]): HostileHead => ({
    name,
    pieces: [whole(...more)],
    status: 200,
  });
  const to = (target: string, method = 'POST'): string =>
    `${[`${method} ${target} HTTP/1.1`, ...authorized, 'Content-Length: 2'].join('\r\n')}\r\n\r\n{}`;
  const chunked = (chunks: string): string => head('Transfer-Encoding: chunked') + chunks;
  const asChunk = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;

  return [
    {
      name: 'length and chunks at once',
      pieces: [head('Transfer-Encoding: chunked', 'Content-Length: 4') + asChunk],
      status: 400,
    },
    {
      name: 'two lengths that differ',
      pieces: [head('Content-Length: 5', `Content-Length: ${BODY.length}`) + BODY],
      status: 400,
    },
    { name: 'a negative length', pieces: [head('Content-Length: -1') + BODY], status: 400 },
    { name: 'a length in hexadecimal', pieces: [head('Content-Length: 0x43') + BODY], status: 400 },
    {
      name: 'an encoding of the transfer that nobody knows',
      pieces: [head('Transfer-Encoding: xchunked') + asChunk],
      status: 400,
    },
    { name: 'chunks under a name with a space', pieces: [head('Transfer-Encoding : chunked') + asChunk], status: 400 },
    { name: 'chunks twice', pieces: [head('Transfer-Encoding: chunked, chunked') + asChunk], status: 400 },
    {
      name: 'a folded header',
      pieces: [head('X-One: 1\r\n two', `Content-Length: ${BODY.length}`) + BODY],
      status: 400,
    },
    { name: 'a NUL in a header', pieces: [head('X-One: a\0b', `Content-Length: ${BODY.length}`) + BODY], status: 400 },
    { name: 'a chunk of a size that is no number', pieces: [chunked(`zz\r\n${BODY}\r\n0\r\n\r\n`)], status: 400 },
    { name: 'a chunk of a size beyond numbers', pieces: [chunked(`ffffffffffffffffff\r\n${BODY}`)], status: 400 },
    { name: 'no host', pieces: [whole().replace('Host: gateway\r\n', '')], status: 400 },
    { name: 'noise instead of HTTP', pieces: ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'], status: 400 },
    { name: 'HTTP/3.0', pieces: [whole().replace('HTTP/1.1', 'HTTP/3.0')], status: 400 },
    { name: 'a header of 64 KB', pieces: [whole(`X-Long: ${'x'.repeat(65_536)}`)], status: 431 },
    { name: '5,000 headers', pieces: [whole(...Array.from({ length: 5_000 }, (_, i) => `X-${i}: y`))], status: 431 },
    { name: 'a body said to be larger than the limit', pieces: [head('Content-Length: 99999999')], status: 413 },
    {
      name: 'chunks beyond the limit',
      pieces: [head('Transfer-Encoding: chunked'), ...endlessChunks(2_000_000)],
      status: 413,
    },
    {
      name: 'half a body and then silence',
      pieces: [head(`Content-Length: ${BODY.length}`) + BODY.slice(0, 20)],
      status: 408,
    },
    { name: 'half a head and then silence', pieces: [line], status: 408 },
    {
      name: 'a byte of the body now and then',
      pieces: [head(`Content-Length: ${BODY.length}`), ...[...BODY].flatMap((byte) => [byte, 200])],
      status: 408,
    },
    { name: 'another protocol', pieces: [whole('Connection: Upgrade', 'Upgrade: websocket')], status: 200 },
    {
      name: 'a wish to continue',
      pieces: [head(`Content-Length: ${BODY.length}`, 'Expect: 100-continue') + BODY],
      status: 200,
    },
    { name: 'CONNECT', pieces: ['CONNECT 127.0.0.1:6379 HTTP/1.1\r\nHost: x\r\n\r\n'], status: null },
    { name: 'TRACE', pieces: [to('/v1/chat/completions', 'TRACE')], status: 404 },
    { name: 'a GET of what is posted', pieces: [to('/v1/chat/completions', 'GET')], status: 404 },
    { name: 'a target of another host', pieces: [to('http://127.0.0.1:6379/')], status: 404 },
    { name: 'a path that climbs', pieces: [to('/v1/../../etc/passwd')], status: 404 },
    { name: 'a path that climbs in escapes', pieces: [to('/v1/%2e%2e%2f%2e%2e%2fetc/passwd')], status: 404 },
    { name: 'a path with a NUL', pieces: [to('/v1/chat/completions%00')], status: 404 },
    { name: 'a path with a broken escape', pieces: [to('/v1/%zz')], status: 400 },
    { name: 'a path of 10 KB', pieces: [to(`/v1/${'x'.repeat(10_000)}`)], status: 404 },
    {
      name: 'a model in the path that climbs',
      pieces: [to('/v1beta/models/..%2f..%2fadmin:generateContent')],
      status: 400,
    },
    { name: 'no token', pieces: [whole().replace(/Authorization.*\r\n/, '')], status: 401 },
    {
      name: 'a token of 10 KB',
      pieces: [whole().replace(/Bearer .*\r\n/, `Bearer ${'t'.repeat(10_000)}\r\n`)],
      status: 401,
    },
    { name: 'a token in UTF-8', pieces: [whole().replace(/Bearer .*\r\n/, 'Bearer tg-\u00e9\u00e9\r\n')], status: 401 },
    { name: 'a second token', pieces: [whole('Authorization: Bearer tg-second')], status: 200 },
    answered('tags that break lines', 'X-Tollgate-Tags: a=b%0d%0aSet-Cookie: c=d'),
    answered('1,000 tags', `X-Tollgate-Tags: ${Array.from({ length: 1_000 }, (_, i) => `k${i}=v`).join(',')}`),
    answered('a tag called __proto__', 'X-Tollgate-Tags: __proto__=x,constructor=y'),
    answered('a trace that is none', 'Traceparent: 00-zz-zz-00'),
    answered('a request id of markup', 'X-Request-Id: <script>alert(1)</script>'),
    { name: 'an agent of 5 KB', pieces: [whole(`X-Tollgate-Agent: ${'a'.repeat(5_000)}`)], status: 400 },
    answered('a session of 5 KB', `X-Tollgate-Session: ${'s'.repeat(5_000)}`),
    answered('a cache wish that is none', 'X-Tollgate-Cache: everything'),
    { name: 'a timeout that is no number', pieces: [whole('X-Tollgate-Timeout-Ms: soon')], status: 400 },
    { name: 'a timeout of less than nothing', pieces: [whole('X-Tollgate-Timeout-Ms: -1')], status: 400 },
    answered(
      'an address that is somebody else’s',
      'X-Forwarded-For: 10.0.0.1',
      'X-Forwarded-Host: evil',
      'X-Original-URL: /health/ready',
    ),
    {
      name: 'a request hidden in the body of another',
      pieces: [`${whole('Connection: close')}GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n`],
      status: 400,
    },
  ];
}

function* endlessChunks(bytes: number): Generator<string> {
  const piece = 'x'.repeat(0x4000);
  for (let sent = 0; sent < bytes; sent += piece.length) yield `4000\r\n${piece}\r\n`;
}
