import fc from 'fast-check';

/** What nobody expects in any place. */
const NASTY: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.1,
  1e308,
  2 ** 53,
  -(2 ** 63),
  '',
  ' ',
  '*',
  '0',
  'null',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202eevil\u202c',
  '𝕏'.repeat(20),
  '../../etc/passwd',
  "'; DROP TABLE teams; --",
  '{{7*7}}',
  '<script>alert(1)</script>',
  '1e400',
  '-0',
  '9'.repeat(40),
  '2026-02-30',
  '+275760-09-13T00:00:00.001Z',
  '0000-00-00T00:00:00Z',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  '^(a+)+$',
  '[',
  'x'.repeat(70_000),
  [],
  {},
  [[]],
  [null],
  { toString: 1, constructor: 1, hasOwnProperty: 1 },
  Array.from({ length: 3000 }, (_, index) => index),
];
const STRANGE_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'id',
  'organizationId',
  'x'.repeat(500),
  'a.b',
  '$where',
  '',
];

export const nasty: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: fc.constantFrom(...NASTY), weight: 3 },
  { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 30 }), weight: 1 },
);

/** `value` with something wrong at one to three places of it. */
export function broken(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const flaw = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'wrap'),
    by: nasty,
    name: fc.constantFrom(...STRANGE_NAMES),
  });
  return fc
    .tuple(value, fc.array(flaw, { minLength: 1, maxLength: 3 }))
    .map(([whole, flaws]) => flaws.reduce<unknown>(damage, whole));
}

interface Flaw {
  readonly at: number;
  readonly how: string;
  readonly by: unknown;
  readonly name: string;
}

type Place = readonly (string | number)[];

function damage(whole: unknown, { at, how, by, name }: Flaw): unknown {
  const places = placesIn(whole);
  const place = places[at % places.length] ?? [];
  return change(whole, place, (here) => {
    if (how === 'wrap') return [here];
    if (how === 'add' && isObject(here)) return withOwn(here, name, by);
    return how === 'remove' ? undefined : by;
  });
}

function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [
    place,
    ...Object.entries(value)
      .slice(0, 50)
      .flatMap(([key, each]) => placesIn(each, [...place, key])),
  ];
}

function change(value: unknown, [key, ...rest]: Place, how: (here: unknown) => unknown): unknown {
  if (key === undefined) return how(value);
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === key ? change(each, rest, how) : each));
  if (!isObject(value)) return value;
  return { ...value, [key]: change(value[key], rest, how) };
}

/** Also for `__proto__`, which an assignment would take for something else. */
function withOwn(object: object, name: string, value: unknown): object {
  return Object.defineProperty({ ...object }, name, { value, enumerable: true, configurable: true, writable: true });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Bodies that are not what their media type says, or not text at all. */
export const BROKEN_TEXTS: readonly string[] = [
  '',
  ' ',
  '{',
  '{"slug":',
  'null',
  '[]',
  '"text"',
  '1',
  '{"a":1}{"b":2}',
  '{"slug":"a","slug":"b"}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`,
  '\ufeff{}',
  '{"slug":"\\ud800"}',
  '{"slug":"\\u0000"}',
  'slug=a&name=b',
  '<xml/>',
  '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n1\r\n--x--',
];
