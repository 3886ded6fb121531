import { gzipSync } from 'node:zlib';

/** A body that somebody may send to /v1/chat/completions, and the status it must get. */
export interface HostileBody {
  readonly name: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** The error's `code`; absent for what must be answered. */
  readonly code?: string;
}

const chat = (more: string, model = '"model":"fast"'): string =>
  `{${model},"messages":[{"role":"user","content":"say hello"}]${more}}`;

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const refused = (name: string, body: string | Buffer): HostileBody => ({
  name,
  body,
  status: 400,
  code: 'invalid_request',
});

const bytes = (...parts: readonly (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

/** JSON of every kind that a parser, a budget or a provider could stumble over. */
export const hostileBodies: readonly HostileBody[] = [
  refused('nothing', ''),
  refused('white space', ' \n\t'),
  refused('cut JSON', '{"model":"fast","messages":[{"role":"us'),
  refused('two documents', `${chat('')}${chat('')}`),
  refused('an array', '[]'),
  refused('null', 'null'),
  refused('a string', '"model"'),
  refused('a comment in JSON', '{"model":"fast"/* */,"messages":[]}'),
  refused('NaN', chat(',"temperature":NaN')),
  refused('a number that JSON cannot hold', chat(',"max_tokens":1e999')),
  refused('a negative limit', chat(',"max_tokens":-1')),
  refused('a fraction of a token', chat(',"max_tokens":0.5')),
  refused('a limit in words', chat(',"max_tokens":"many"')),
  refused('no choices', chat(',"n":0')),
  refused('no messages', '{"model":"fast","messages":[]}'),
  refused('messages of a string', '{"model":"fast","messages":"hello"}'),
  refused('a message of null', '{"model":"fast","messages":[null]}'),
  refused('a message of nobody', '{"model":"fast","messages":[{"content":"hello"}]}'),
  refused('a part of null', '{"model":"fast","messages":[{"role":"user","content":[null]}]}'),
  refused('a model of a number', chat('', '"model":1')),
  refused('a model of an object', chat('', '"model":{"toString":"fast"}')),
  refused('tools of a string', chat(',"tools":"rm -rf"')),
  refused('a tool without a function', chat(',"tools":[{"type":"function"}]')),
  refused('streaming of a string', chat(',"stream":"yes"')),
  refused(
    'bytes that are not UTF-8',
    bytes('{"model":"fast","messages":[{"role":"user","content":"', [0xff, 0xfe], '"}]}'),
  ),
  refused(
    'an overlong encoding',
    bytes('{"model":"fast","messages":[{"role":"user","content":"', [0xc0, 0xaf], '"}]}'),
  ),
  refused('UTF-16', Buffer.from(chat(''), 'utf16le')),
  refused('a prototype for a model', '{"__proto__":{"model":"fast"},"messages":[{"role":"user","content":"hi"}]}'),
  refused('a model given twice', chat('', '"model":"no-such-model","model":"fast"')),
  refused('a limit given twice', chat(',"max_tokens":1,"max_tokens":100000')),
  refused('a limit given twice, once in escapes', chat(',"max_tokens":1,"max\\u005ftokens":100000')),
  refused('messages in 100,000 brackets', `{"model":"fast","messages":${nested(100_000)}}`),
  {
    name: 'a model that nobody has',
    body: chat('', '"model":"../../etc/passwd"'),
    status: 404,
    code: 'model_not_found',
  },
  { name: 'a model called __proto__', body: chat('', '"model":"__proto__"'), status: 404, code: 'model_not_found' },
  { name: 'a model called constructor', body: chat('', '"model":"constructor"'), status: 404, code: 'model_not_found' },
  {
    name: 'a model of 100,000 letters',
    body: chat('', `"model":"${'m'.repeat(100_000)}"`),
    status: 404,
    code: 'model_not_found',
  },
  {
    name: 'a model with a line break',
    body: chat('', '"model":"fast\\r\\nx-evil: 1"'),
    status: 404,
    code: 'model_not_found',
  },
  {
    name: 'an own prototype',
    body: chat(',"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'),
    status: 200,
  },
  { name: 'an unknown field in 100,000 brackets', body: chat(`,"unknown":${nested(100_000)}`), status: 200 },
  { name: 'a byte order mark', body: bytes([0xef, 0xbb, 0xbf], chat('')), status: 200 },
  { name: 'lone surrogates', body: chat(',"user":"\\ud800"'), status: 200 },
  { name: 'control characters in escapes', body: chat(',"user":"\\u0000\\u001b[31m"'), status: 200 },
  { name: 'a number of 10,000 digits nobody reads', body: chat(`,"unknown":${'9'.repeat(10_000)}`), status: 200 },
  {
    name: 'a compressed body',
    body: gzipSync(chat('')),
    headers: { 'content-encoding': 'gzip' },
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    name: 'a compressed bomb',
    body: gzipSync(Buffer.alloc(50_000_000)),
    headers: { 'content-encoding': 'gzip' },
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    name: 'two encodings',
    body: chat(''),
    headers: { 'content-encoding': 'gzip, br' },
    status: 415,
    code: 'unsupported_media_type',
  },
  { name: 'JSON that calls itself text', body: chat(''), headers: { 'content-type': 'text/plain' }, status: 200 },
  {
    name: 'JSON that calls itself multipart',
    body: chat(''),
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    status: 200,
  },
];
