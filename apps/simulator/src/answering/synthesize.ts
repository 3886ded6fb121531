import { elements, type Fields, fields, number, text } from '../json.js';

const DEPTH_MAX = 8;

const BY_FORMAT: Readonly<Record<string, string>> = {
  date: '2026-01-15',
  'date-time': '2026-01-15T12:00:00Z',
  time: '12:00:00Z',
  email: 'someone@example.com',
  uri: 'https://example.com/',
  uuid: '3f2b8c1e-7d4a-4b6f-9c0d-1a2b3c4d5e6f',
  ipv4: '192.0.2.1',
};

/**
 * A value that satisfies a JSON schema, always the same for the same schema. Knows type, enum, const, default, bounds,
 * formats, anyOf, oneOf, allOf and local `$ref`; also Gemini's upper-case types. Every property is filled in, optional
 * ones too, until the schema nests deeper than eight.
 */
export function synthesize(schema: Fields, name = 'value', root: Fields = schema, depth = 0): unknown {
  if ('const' in schema) return schema['const'];
  if ('default' in schema) return schema['default'];
  const options = elements(schema['enum']);
  if (options.length > 0) return options[0];
  if (depth > DEPTH_MAX) return null;
  const inner = (part: unknown, partName: string) => synthesize(fields(part), partName, root, depth + 1);

  const reference = text(schema['$ref']);
  if (reference !== undefined) return inner(resolve(reference, root), name);
  const alternative = elements(schema['anyOf'])[0] ?? elements(schema['oneOf'])[0];
  if (alternative !== undefined) return inner(alternative, name);
  const parts = elements(schema['allOf']);
  if (parts.length > 0) return Object.assign({}, ...parts.map((part) => inner(part, name)));

  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries(
        Object.entries(fields(schema['properties']))
          .filter(([key]) => depth < DEPTH_MAX || elements(schema['required']).includes(key))
          .map(([key, property]) => [key, inner(property, key)]),
      );
    case 'array':
      return Array.from({ length: depth < DEPTH_MAX ? Math.max(1, number(schema['minItems']) ?? 1) : 0 }, () =>
        inner(schema['items'], name),
      );
    case 'integer':
    case 'number':
      return numberWithin(schema);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return stringWithin(schema, name);
  }
}

function typeOf(schema: Fields): string {
  const type = Array.isArray(schema['type']) ? schema['type'].find((option) => option !== 'null') : schema['type'];
  return text(type)?.toLowerCase() ?? ('properties' in schema ? 'object' : 'string');
}

function resolve(reference: string, root: Fields): Fields {
  const path = reference.replace(/^#\/?/, '').split('/').filter(Boolean);
  return path.reduce<Fields>((at, key) => fields(at[key.replaceAll('~1', '/').replaceAll('~0', '~')]), root);
}

function numberWithin(schema: Fields): number {
  const exclusive = number(schema['exclusiveMinimum']);
  const least = number(schema['minimum']) ?? (exclusive === undefined ? 1 : exclusive + 1);
  const most = number(schema['maximum']) ?? Number.MAX_SAFE_INTEGER;
  const step = number(schema['multipleOf']) ?? 0;
  const value = Math.min(least, most);
  return step > 0 ? Math.ceil(value / step) * step : value;
}

function stringWithin(schema: Fields, name: string): string {
  const known = BY_FORMAT[text(schema['format']) ?? ''];
  if (known !== undefined) return known;
  return `sample ${name}`.padEnd(number(schema['minLength']) ?? 0, '.').slice(0, number(schema['maxLength']));
}
