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
