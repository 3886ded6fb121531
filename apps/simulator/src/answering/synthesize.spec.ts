import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Fields } from '../json.js';
import { synthesize } from './synthesize.js';

const ajv = new Ajv({ strict: false });
formats.default(ajv);

function expectValid(schema: Fields): void {
  expect(ajv.validate(schema, synthesize(schema)), ajv.errorsText()).toBe(true);
}

const schemas = fc.letrec<{ schema: Fields }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4 },
    fc.constant({ type: 'boolean' }),
    fc.constant({ type: ['string', 'null'] }),
    fc.record({ type: fc.constant('string'), minLength: fc.nat(20), maxLength: fc.integer({ min: 20, max: 40 }) }),
    fc.record({ type: fc.constant('integer'), minimum: fc.integer({ min: -50, max: 50 }) }),
    fc.record({ enum: fc.uniqueArray(fc.string(), { minLength: 1 }) }),
    fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: fc.nat(3) }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('schema'), { maxKeys: 4 }).map((properties) => ({
      type: 'object',
      properties,
      required: Object.keys(properties),
      additionalProperties: false,
    })),
  ),
}));

it('satisfies any schema of objects, arrays, bounds, enums and alternatives', () => {
  fc.assert(fc.property(schemas.schema, expectValid));
});

it.each([
  ['a constant', { const: 7 }],
  ['formats', { type: 'object', properties: { at: { type: 'string', format: 'date-time' } }, required: ['at'] }],
  ['a local reference', { $defs: { city: { type: 'string', enum: ['Bern'] } }, $ref: '#/$defs/city' }],
  ['allOf', { allOf: [{ type: 'object', properties: { a: { type: 'integer' } } }, { required: ['a'] }] }],
  ['a multiple within bounds', { type: 'number', minimum: 11, multipleOf: 5 }],
])('satisfies %s', (_, schema: Fields) => {
  expectValid(schema);
});

it('ends on a schema that contains itself', () => {
  const node = { type: 'object', properties: { next: { $ref: '#' } } };
  expect(JSON.stringify(synthesize(node))).toContain('next');
});

it("understands Gemini's upper-case types", () => {
  expect(synthesize({ type: 'OBJECT', properties: { city: { type: 'STRING' } } })).toEqual({ city: 'sample city' });
});
