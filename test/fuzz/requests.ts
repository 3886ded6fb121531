import fc from 'fast-check';
import { BROKEN_TEXTS, broken, nasty } from './breakage.js';
import { type Known, kindNamed } from './known.js';
import type { Operation, Parameter } from './schema.js';
import type { Values } from './values.js';

/** A request as it goes over the wire. */
export interface FuzzRequest {
  readonly operation: Operation;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Requests of one operation: most are nearly right, so that they get past the first check. */
export function requestsOf(operation: Operation, values: Values, known: Known): fc.Arbitrary<FuzzRequest> {
  const [mediaType, schema] = [...operation.body][0] ?? [];
  return fc
    .record({
      path: pathOf(operation, known),
      query: queryOf(operation, values, known),
      headers: headersOf(operation, known),
      body: schema && mediaType ? bodyOf(mediaType, values.of(schema)) : fc.constant(undefined),
    })
    .map(({ path, query, headers, body }) => ({
      operation,
      path: query === '' ? path : `${path}?${query}`,
      headers: { ...body?.headers, ...headers },
      body: body?.text,
    }));
}

const STRANGE_SEGMENTS = [
  '01990000-0000-7000-8000-00000000dead',
  '00000000-0000-0000-0000-000000000000',
  'nobody',
  '..%2f..%2fetc',
  '%00',
  '%ff%fe',
  '%',
  '*',
  '%20',
  'x'.repeat(150),
  'ÜÄ'.split('').map(encodeURIComponent).join(''),
  "a'%20OR%201=1--",
  '__proto__',
  'constructor',
  'verify',
  '-1',
];

function pathOf({ path }: Operation, known: Known): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const segment = (name: string): fc.Arbitrary<string> => {
    const right = fc.nat().map((index) => known.at(pathKind(path, name), index) ?? 'nobody');
    const strange = fc.oneof(fc.constantFrom(...STRANGE_SEGMENTS), fc.webSegment({ size: 'small' }));
    return fc.oneof({ arbitrary: right, weight: 12 }, { arbitrary: strange, weight: 1 });
  };
  return fc
    .tuple(...names.map(segment))
    .map((segments) => segments.reduce((left, each, index) => left.replace(`{${names[index]}}`, () => each), path));
}

/** What a parameter of a path stands for: a service's credentials are of another kind than a provider's. */
export function pathKind(path: string, name: string): string {
  return name === 'credential' && path.includes('/services/') ? 'service-credential' : kindNamed(name);
}

function queryOf({ parameters }: Operation, values: Values, known: Known): fc.Arbitrary<string> {
  const ours = parameters.filter((parameter) => parameter.in === 'query');
  const pair = ({ name, schema }: Parameter): fc.Arbitrary<string[]> => {
    const right =
      name === 'cursor'
        ? fc.nat().map((index) => known.at('cursor', index) ?? '')
        : values.of(schema, name).map(textOf);
    const text = fc.oneof({ arbitrary: right, weight: 3 }, { arbitrary: nasty.map(textOf), weight: 1 });
    const one = text.map((value) => `${name}=${encoded(value.slice(0, 3000))}`);
    const odd = fc.oneof(
      one.map((each) => `${each}&${each}`),
      fc.constantFrom(`${name}`, `${name}[]=1`, `${name}[a]=1`, `${name}=%ff`, `${name}=%`),
    );
    const given = fc.oneof({ arbitrary: one, weight: 8 }, { arbitrary: odd, weight: 1 });
    return fc.option(given, { freq: 2, nil: '' }).map((each) => (each === '' ? [] : [each]));
  };
  const unknown = fc.option(fc.constantFrom('unknown=1', '__proto__=1', '=&&=', 'limit=1'), { freq: 20, nil: '' });
  return fc
    .tuple(unknown, ...ours.map(pair))
    .map(([extra, ...pairs]) => [...pairs.flat(), ...(extra === '' ? [] : [extra])].join('&'));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : String(JSON.stringify(value));
}

function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

function headersOf({ parameters }: Operation, known: Known): fc.Arbitrary<Record<string, string>> {
  const takes = (name: string): boolean => parameters.some((each) => each.in === 'header' && each.name === name);
  const etag = fc.oneof(
    fc.nat().map((index) => known.at('etag', index) ?? '*'),
    fc.constantFrom('*', '"never"', 'W/"x"', '', 'x'.repeat(2000), '","'),
  );
  const key = fc.oneof(
    fc.constantFrom('a', 'b', 'c', ' ', '', 'k'.repeat(255), 'k'.repeat(256), "';--"),
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }).map((text) => text.trim()),
  );
  const header = (name: string, value: fc.Arbitrary<string>, freq: number) =>
    fc.option(value, { freq, nil: null }).map((text) => (text === null ? {} : { [name]: text }));
  return fc
    .tuple(
      takes('If-Match') ? header('if-match', etag, 3) : fc.constant({}),
      takes('Idempotency-Key') ? header('idempotency-key', key, 4) : fc.constant({}),
      header('accept', fc.constantFrom('text/html', 'application/xml', '*/*;q=0'), 20),
      header('x-request-id', fc.constantFrom('mine', 'x'.repeat(300), '<b>', ''), 20),
    )
    .map((parts) => Object.assign({}, ...parts));
}

interface Body {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string | undefined;
}

const STRANGE_TYPES = [
  'text/plain',
  'application/xml',
  'application/json; charset=utf-16',
  'multipart/form-data',
  'text/csv',
  '',
  'x',
];

/** A file of comma-separated values, nearly. */
const table: fc.Arbitrary<string> = fc
  .array(
    fc.array(fc.constantFrom('model', 'requests', 'cost', 'date', 'gpt-4.1-mini', '1', '0.5', '-1', '', '"', '=1+1')),
  )
  .map((rows) => rows.map((cells) => cells.join(',')).join('\n'));

function bodyOf(mediaType: string, right: fc.Arbitrary<unknown>): fc.Arbitrary<Body> {
  if (!mediaType.includes('json')) return table.map((text) => ({ headers: { 'content-type': mediaType }, text }));
  const sent = (text: string | undefined, type = mediaType): Body => ({ headers: { 'content-type': type }, text });
  const json = (value: unknown): Body => sent(JSON.stringify(value));
  return fc.oneof(
    { arbitrary: right.map(json), weight: 6 },
    { arbitrary: broken(right).map(json), weight: 6 },
    { arbitrary: fc.constantFrom(...BROKEN_TEXTS).map((text) => sent(text)), weight: 1 },
    {
      arbitrary: fc
        .tuple(right, fc.constantFrom(...STRANGE_TYPES))
        .map(([value, type]) => sent(JSON.stringify(value), type)),
      weight: 1,
    },
    { arbitrary: fc.constant<Body>({ headers: {}, text: undefined }), weight: 1 },
  );
}
