import { isDeepStrictEqual } from 'node:util';
import { formatUsd, parseUsd } from '#libs/core';
import { nameIn, type Schema } from './document.js';

type Schemas = Readonly<Record<string, Schema>>;

/** The pattern by which the API's document marks amounts in USD: `10` and `10.00` are the same amount. */
const USD_PATTERN = '^\\d{1,9}(\\.\\d{1,9})?$';

/** A value with everything said that it leaves out: two that mean the same are equal. */
export function normalForm(value: unknown, schema: Schema, schemas: Schemas): unknown {
  const { meant, nullable } = resolve(schema, schemas);
  if (value === undefined) {
    const fallback = defaultOf(schema, meant, nullable);
    return fallback === undefined || fallback === null ? fallback : normalForm(fallback, schema, schemas);
  }
  if (typeof value === 'string' && meant['pattern'] === USD_PATTERN) return usd(value);
  if (Array.isArray(value)) {
    const items = meant['items'] as Schema | undefined;
    return items ? value.map((item) => normalForm(item, items, schemas)) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, ...said(value as Readonly<Record<string, unknown>>, meant, schemas) };
}

/** A value in normal form without what would be the same if it were left out. */
export function essential(value: unknown, schema: Schema, schemas: Schemas): unknown {
  const { meant } = resolve(schema, schemas);
  if (Array.isArray(value)) {
    const items = meant['items'] as Schema | undefined;
    return items ? value.map((item) => essential(item, items, schemas)) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const properties = propertiesOf(meant);
  const required = (meant['required'] ?? []) as readonly string[];
  const kept = Object.entries(value).flatMap(([name, each]) => {
    const property = properties[name];
    if (!property) return [[name, each]];
    const spare = !required.includes(name) && isDeepStrictEqual(each, normalForm(undefined, property, schemas));
    return spare ? [] : [[name, essential(each, property, schemas)]];
  });
  return Object.fromEntries(kept);
}

function said(value: Readonly<Record<string, unknown>>, meant: Schema, schemas: Schemas): Record<string, unknown> {
  const entries = Object.entries(propertiesOf(meant)).map(([name, property]) => [
    name,
    normalForm(value[name], property, schemas),
  ]);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
}

/** What the API takes a field for that is left out; undefined when that means nothing. */
function defaultOf(schema: Schema, meant: Schema, nullable: boolean): unknown {
  if (schema['default'] !== undefined) return schema['default'];
  if (nullable) return null;
  if (meant['type'] === 'array') return [];
  return meant['type'] === 'object' ? {} : undefined;
}

/** The schema behind `$ref`, `allOf` of one, or `anyOf` with null. */
function resolve(schema: Schema, schemas: Schemas): { readonly meant: Schema; readonly nullable: boolean } {
  if (typeof schema['$ref'] === 'string') return { meant: schemas[nameIn(schema['$ref'])] ?? {}, nullable: false };
  const [only] = (schema['allOf'] ?? []) as readonly Schema[];
  if (only) return resolve(only, schemas);
  const choices = (schema['anyOf'] ?? []) as readonly Schema[];
  const choice = choices.find(({ type }) => type !== 'null');
  if (choice) return { meant: resolve(choice, schemas).meant, nullable: choices.length > 1 };
  const types = schema['type'];
  return { meant: schema, nullable: Array.isArray(types) && types.includes('null') };
}

function usd(text: string): string {
  try {
    return formatUsd(parseUsd(text));
  } catch {
    return text;
  }
}
