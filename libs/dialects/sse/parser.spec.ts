import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SseParser } from './parser.js';

/** Events as `[event, data]`, with keep-alives left out, when the text arrives in pieces of these sizes. */
function parse(text: string, cuts: readonly number[] = []): (readonly [string | null, string])[] {
  const { events, parser } = feed(text, cuts);
  return [...events, ...parser.flush()].filter(({ data }) => data !== '').map(({ event, data }) => [event, data]);
}

function feed(text: string, cuts: readonly number[]) {
  const bytes = Buffer.from(text);
  const parser = new SseParser();
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  let from = 0;
  const events = ends.flatMap((end) => {
    const piece = bytes.subarray(from, end);
    from = end;
    return parser.push(piece);
  });
  return { events, parser };
}

test('LF, CRLF and lone CR end lines alike', () => {
  const events = [
    [null, 'a'],
    ['named', 'b'],
  ];
  for (const end of ['\n', '\r\n', '\r']) {
    expect(parse(`data: a${end}${end}event: named${end}data: b${end}${end}`)).toEqual(events);
  }
});

test('several data lines are joined, with or without a space after the colon', () => {
  expect(parse('data:{"a":\ndata: 1}\n\n')).toEqual([[null, '{"a":\n1}']]);
  expect(parse('data:  two spaces keep one\n\n')).toEqual([[null, ' two spaces keep one']]);
});

test('comments, keep-alives, ids and stray blank lines carry no data but are forwarded', () => {
  const text = ': keep-alive\n\n\n\nid: 7\nretry: 10\n\ndata: a\n\n';
  expect(parse(text)).toEqual([[null, 'a']]);
  const { events } = feed(text, []);
  expect(Buffer.concat(events.map(({ raw }) => raw)).toString()).toBe(text);
});

test('a byte order mark before the first event is not part of it', () => {
  expect(parse('\uFEFFdata: a\n\ndata: \uFEFFb\n\n')).toEqual([
    [null, 'a'],
    [null, '\uFEFFb'],
  ]);
});

test('the last event needs no blank line', () => {
  expect(parse('data: a\n\ndata: b')).toEqual([
    [null, 'a'],
    [null, 'b'],
  ]);
  expect(parse('data: a\n')).toEqual([[null, 'a']]);
});

test('a stream cut at every byte yields the same events and the same bytes', () => {
  const text = '\uFEFF: hi\r\n\r\ndata: {"t":"héé 🎉"}\n\nevent: x\r\ndata: 1\rdata: 2\r\r\ndata:[DONE]\n\n';
  const whole = parse(text);
  expect(whole).toEqual([
    [null, '{"t":"héé 🎉"}'],
    ['x', '1\n2'],
    [null, '[DONE]'],
  ]);
  for (let cut = 0; cut <= Buffer.byteLength(text); cut += 1) expect(parse(text, [cut])).toEqual(whole);
  expect(parse(text, [...Buffer.from(text).keys()])).toEqual(whole);
});

test('any text cut anywhere yields the same events, and every byte exactly once', () => {
  const piece = fc.constantFrom('data:', 'data: ', 'event: e', ':', '\n', '\r', '\r\n', '\n\n', 'é', '🎉', 'x', ' ');
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.nat(200), { maxLength: 8 }), (stream, cuts) => {
      expect(parse(stream, cuts)).toEqual(parse(stream));
      const { events, parser } = feed(stream, cuts);
      expect(Buffer.concat([...events, ...parser.flush()].map(({ raw }) => raw)).toString()).toBe(stream);
    }),
  );
});

test('an event over the limit is an upstream error, not memory', () => {
  const parser = new SseParser(100);
  parser.push(Buffer.from(`data: ${'x'.repeat(60)}`));
  expect(() => parser.push(Buffer.from('x'.repeat(60)))).toThrow(expect.objectContaining({ code: 'upstream_error' }));
});
