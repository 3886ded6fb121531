import { type ApiDocument, COMPONENTS, type Schema } from './document.js';
import { KINDS, ORGANIZATION } from './kinds.js';

const REFERENCE: Schema = {
  type: 'string',
  pattern: '^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$',
  description: 'Where the secret is: env:NAME or file:path, relative to this file. Never the secret itself',
};

/** How secrets stand in files: a reference, or the object that a provider wants with references in it. */
const SECRET: Schema = { anyOf: [REFERENCE, { type: 'object', additionalProperties: REFERENCE }] };

/** The JSON schema (2020-12) of one YAML document, made from what the admin API says that it takes. */
export function fileSchema(document: ApiDocument): Schema {
  const { slug, ...rest } = document.fields(ORGANIZATION);
  const sections = KINDS.map((kind) => [
    kind.section,
    { type: 'array', items: { $ref: `#/$defs/${document.createName(kind)}` } },
  ]);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Tollgate configuration of an organization',
    type: 'object',
    required: ['organization'],
    properties: { ...adapt({ organization: slug ?? {}, ...rest }), ...Object.fromEntries(sections) },
    additionalProperties: false,
    $defs: Object.fromEntries(definitions(document)),
  };
}

/** The schemas that creating needs, and those they name. */
function definitions({ schemas, createName }: ApiDocument): Map<string, Schema> {
  const found = new Map<string, Schema>();
  const add = (name: string): void => {
    const schema = schemas[name];
    if (!schema || found.has(name)) return;
    found.set(name, adapt(closed(schema)) as Schema);
    for (const [, named = ''] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g)) add(named);
  };
  for (const kind of KINDS) add(createName(kind));
  return found;
}

/** The API refuses unknown fields; an editor should say so first. Secrets become references. */
function closed(schema: Schema): Schema {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  return {
    additionalProperties: false,
    ...schema,
    properties: { ...properties, ...('secret' in properties && { secret: SECRET }) },
  };
}

/** References point into this document instead of the OpenAPI document. */
function adapt(value: unknown): object {
  return JSON.parse(JSON.stringify(value).replaceAll(`"${COMPONENTS}`, '"#/$defs/')) as object;
}
