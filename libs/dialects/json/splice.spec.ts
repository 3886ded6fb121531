import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spliceMembers } from './splice.js';

test('only the bytes of the value change', () => {
  const text = ' {\n "messages" : [ {"model":"inner"} ] ,\t"model" :  "old"  , "z":1.0 }\n';
  expect(spliceMembers(text, { model: 'new' })).toBe(text.replace('"old"', '"new"'));
});

test('nested members of the same name stay', () => {
  const text = '{"metadata":{"model":"a"},"tools":[{"model":"b"}],"model":"c"}';
  expect(spliceMembers(text, { model: 'x' })).toBe('{"metadata":{"model":"a"},"tools":[{"model":"b"}],"model":"x"}');
});

test('quotes, braces and backslashes inside strings mislead nobody', () => {
  const text = String.raw`{"a":"\\","b":"\"model\":\"no\" }{][","model":"c"}`;
  expect(spliceMembers(text, { model: 'x' })).toBe(text.replace('"model":"c"', '"model":"x"'));
});

test('a doubled or escaped key is set each time, since parsers differ on which one counts', () => {
  const text = String.raw`{"model":"a","mod\u0065l":null,"model":{"x":[1]}}`;
  expect(spliceMembers(text, { model: 'x' })).toBe(String.raw`{"model":"x","mod\u0065l":"x","model":"x"}`);
});

test('a member that is not there is added in front', () => {
  expect(spliceMembers('{ "a":1}', { model: 'x' })).toBe('{"model":"x", "a":1}');
  expect(spliceMembers('{ }', { model: 'x' })).toBe('{"model":"x" }');
});

test('a member is taken out with one comma, wherever it stands and however often', () => {
  const out = { model: undefined };
  expect(spliceMembers('{"model":"x", "a":1}', out)).toBe('{ "a":1}');
  expect(spliceMembers('{"a":[","] , "model":"x"}', out)).toBe('{"a":[","] }');
  expect(spliceMembers('{"a":1,"model":{"b":[2]},"c":3}', out)).toBe('{"a":1,"c":3}');
  expect(spliceMembers('{"model":1,"a":2,"model":3}', out)).toBe('{"a":2}');
  expect(spliceMembers('{"model":1,"model":3 }', out)).toBe('{ }');
  expect(spliceMembers('{"a":1}', out)).toBe('{"a":1}');
  expect(spliceMembers('{"model":1}', { ...out, v: 2 })).toBe('{"v":2}');
});

test('any object loses just the members that are taken out', () => {
  const keys = fc.constantFrom('model', 'a', 'b', '');
  fc.assert(
    fc.property(fc.dictionary(keys, fc.jsonValue()), fc.constantFrom(0, 2), (object, indent) => {
      const { model: _, b: __, ...rest } = object;
      const spliced = spliceMembers(JSON.stringify(object, null, indent), { model: undefined, b: undefined });
      expect(JSON.parse(spliced)).toEqual(JSON.parse(JSON.stringify(rest)));
    }),
  );
});

test('any object keeps all its other members', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.string(),
      fc.constantFrom(0, 2),
      (object, model, indent) => {
        const spliced: unknown = JSON.parse(spliceMembers(JSON.stringify(object, null, indent), { model }));
        expect(spliced).toEqual(JSON.parse(JSON.stringify({ ...object, model })));
      },
    ),
  );
});
