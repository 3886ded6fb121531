import { EventStreamCodec } from '@smithy/core/event-streams';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventStreamParser } from './event-stream.js';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString(),
  (text) => Buffer.from(text),
);

function frame(headers: Readonly<Record<string, string>>, body: string): Buffer {
  const typed = Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }]);
  return Buffer.from(codec.encode({ headers: Object.fromEntries(typed), body: Buffer.from(body) }));
}

const event = (type: string, body: string): Buffer =>
  frame({ ':message-type': 'event', ':event-type': type, ':content-type': 'application/json' }, body);

/** What a stream says when it arrives in pieces of these sizes. */
function parse(bytes: Buffer, cuts: readonly number[] = []): (readonly [string | null, string])[] {
  const parser = new EventStreamParser();
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  let from = 0;
  const events = ends.flatMap((end) => {
    const piece = bytes.subarray(from, end);
    from = end;
    return parser.push(piece);
  });
  return [...events, ...parser.flush()].map(({ event, data }) => [event, data]);
}

const STREAM = Buffer.concat([
  event('messageStart', '{"role":"assistant"}'),
  event('contentBlockDelta', '{"delta":{"text":"héé 🎉"}}'),
  frame({ ':message-type': 'exception', ':exception-type': 'throttlingException' }, '{"message":"slow"}'),
]);

const unreadable = expect.objectContaining({ code: 'upstream_error' });

describe("AWS's event stream", () => {
  it('cut at every byte yields the same events', () => {
    const whole = parse(STREAM);
    expect(whole).toEqual([
      ['messageStart', '{"role":"assistant"}'],
      ['contentBlockDelta', '{"delta":{"text":"héé 🎉"}}'],
      ['throttlingException', '{"message":"slow"}'],
    ]);
    for (let cut = 0; cut <= STREAM.length; cut += 1) expect(parse(STREAM, [cut])).toEqual(whole);
    expect(parse(STREAM, [...STREAM.keys()])).toEqual(whole);
  });

  it('of any texts cut anywhere yields them', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 10 }), fc.array(fc.nat(2000)), (texts, cuts) => {
        const stream = Buffer.concat(texts.map((text) => event('e', text)));
        expect(parse(stream, cuts)).toEqual(texts.map((text) => ['e', text]));
      }),
    );
  });

  it('tells an error that only has headers as an exception', () => {
    const error = frame({ ':message-type': 'error', ':error-code': 'InternalError', ':error-message': 'gone' }, '');
    expect(parse(error)).toEqual([['internalServerException', '{"message":"gone"}']]);
  });

  it('with any damaged byte is an upstream error', () => {
    const good = event('contentBlockDelta', '{"delta":{"text":"hello"}}');
    for (let at = 0; at < good.length; at += 1) {
      const damaged = Buffer.from(good);
      damaged.writeUInt8((good[at] as number) ^ 0x40, at);
      expect(() => parse(damaged)).toThrow(unreadable);
    }
  });

  it('that ends within a frame, or claims a frame larger than any, is an upstream error', () => {
    expect(() => parse(STREAM.subarray(0, -1))).toThrow(unreadable);
    const huge = Buffer.alloc(16);
    huge.writeUInt32BE(0xffff_ffff);
    expect(() => new EventStreamParser().push(huge)).toThrow(unreadable);
  });
});
