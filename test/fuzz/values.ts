import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import { type Known, kindNamed } from './known.js';
import { resolve, type Schema } from './schema.js';

/** Sent wherever a secret is asked for; no answer may ever contain it. */
export const SECRET = 'fuzz-secret-that-nobody-may-see-again';

/** Nobody listens there, and nothing is looked up: what is asked for over the network is refused at once. */
const URLS = ['http://127.0.0.1:9', 'https://127.0.0.1:9/v1', 'http://[::1]:9/x', 'https://localhost:9'];
const TEXT_CHARS = 40;
const LIST_ITEMS = 3;
const DEPTH_MAX = 6;

/** Values that a schema allows, more or less: what it cannot say (references, rules between fields) is tried for. */
export class Values {
  readonly #arbitraries = new Map<Schema, fc.Arbitrary<unknown>>();

  constructor(
    private readonly document: OpenAPIObject,
    private readonly known: Known,
  ) {}

  of(schema: Schema, name = '', depth = 0): fc.Arbitrary<unknown> {
    const found = this.#arbitraries.get(schema);
    if (found) return found;
    const made = this.#make(schema, name, depth);
    this.#arbitraries.set(schema, made);
    return made;
  }

  #make(given: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    if (given.$ref !== undefined) return this.of(resolve(this.document, given), name, depth);
    const parts = given.allOf;
    if (parts)
      return fc.tuple(...parts.map((part) => this.of(part, name, depth))).map((all) => Object.assign({}, ...all));
    const choices = given.oneOf ?? given.anyOf;
    if (choices) return fc.oneof(...choices.map((choice) => this.of(choice, name, depth)));
    if (given.enum) return fc.constantFrom(...given.enum);
    const types = [given.type ?? 'anything'].flat();
    return fc.oneof(...types.map((type) => this.#ofType(type, given, name, depth)));
  }

  #ofType(type: string, schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> {
    const { minimum, maximum } = schema;
    switch (type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return fc.integer({ min: minimum ?? -10, max: maximum ?? 1000 });
      case 'number':
        return fc.double({ min: minimum ?? -10, max: maximum ?? 1000, noNaN: true });
      case 'string':
        return this.#text(schema, name);
      case 'array': {
        const { minItems = 0, maxItems = LIST_ITEMS, items = {} } = schema;
        const length = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, LIST_ITEMS)) };
        return depth > DEPTH_MAX ? fc.constant([]) : fc.array(this.of(items, name, depth + 1), length);
      }
      case 'object':
        return this.#object(schema, depth);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }

  #object({ properties = {}, required = [], additionalProperties }: Schema, depth: number): fc.Arbitrary<unknown> {
    const fields = Object.entries(properties).filter(([name]) => depth <= DEPTH_MAX || required.includes(name));
    const model = Object.fromEntries(fields.map(([name, schema]) => [name, this.of(schema, name, depth + 1)]));
    const own = fc.record(model, { requiredKeys: required.filter((name) => name in model) });
    if (!additionalProperties) return own;
    const each =
      additionalProperties === true ? fc.jsonValue({ maxDepth: 1 }) : this.of(additionalProperties, '', depth);
    const more = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), each, { maxKeys: 2 });
    return fc.tuple(own, more).map(([named, free]) => ({ ...free, ...(named as object) }));
  }

  #text(schema: Schema, name: string): fc.Arbitrary<string> {
    if (/secret/i.test(name)) return fc.constant(SECRET);
    const { pattern, format, minLength = 0, maxLength = TEXT_CHARS } = schema;
    const any = this.#free(pattern, format, minLength, Math.max(minLength, Math.min(maxLength, TEXT_CHARS)));
    const named = fc.nat().map((index) => this.known.at(kindNamed(name), index));
    return fc.oneof(
      { arbitrary: any, weight: 1 },
      { arbitrary: fc.tuple(named, any).map(([a, b]) => a ?? b), weight: 3 },
    );
  }

  #free(pattern: string | undefined, format: string | undefined, min: number, max: number): fc.Arbitrary<string> {
    if (format === 'uuid') return fc.uuid();
    if (format === 'date-time')
      return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100') }).map((at) => at.toISOString());
    if (format === 'uri' || format === 'url') return fc.constantFrom(...URLS);
    if (format === 'email') return fc.emailAddress();
    if (pattern === undefined) return fc.string({ minLength: min, maxLength: max });
    // fast-check cannot make what a lookahead asks for: without it, some values are wrong, which is wanted too.
    return fc.stringMatching(new RegExp(pattern.replaceAll(/\(\?[=!][^)]*\)/g, '')), { maxLength: Math.max(max, 1) });
  }
}
