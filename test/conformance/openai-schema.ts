import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { CORPUS } from './recordings.js';

/** OpenAPI's `nullable`, which JSON Schema does not know, said as JSON Schema. */
function asJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const {
    nullable,
    discriminator: _,
    ...members
  } = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, asJsonSchema(value)]));
  return nullable === true ? { anyOf: [members, { type: 'null' }] } : members;
}

export interface Judge {
  /** Whether the value is as this schema of OpenAI's published API description says; what is wrong with it if not. */
  wrongWith(schema: string, value: unknown): string | undefined;
  /** The schema for one event of a streamed response, by its `type`. */
  schemaOfEvent(type: string): string;
}

type Schemas = Readonly<
  Record<string, { readonly properties?: { readonly type?: { readonly enum?: readonly string[] } } }>
>;

export function openaiJudge(): Judge {
  const document: unknown = JSON.parse(readFileSync(join(CORPUS, 'openai-openapi.json'), 'utf8'));
  const { components } = document as { readonly components: { readonly schemas: Schemas } };
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'openai', components: asJsonSchema(components) } as object);
  const compiled = new Map<string, ValidateFunction>();
  const events = new Map(
    Object.entries(components.schemas).flatMap(([name, schema]) =>
      /Event$/.test(name) ? (schema.properties?.type?.enum ?? []).map((type) => [type, name] as const) : [],
    ),
  );
  return {
    wrongWith(schema, value) {
      const validate = compiled.get(schema) ?? ajv.compile({ $ref: `openai#/components/schemas/${schema}` });
      compiled.set(schema, validate);
      return validate(value) ? undefined : ajv.errorsText(validate.errors);
    },
    schemaOfEvent: (type) => events.get(type) ?? `no event of type ${type}`,
  };
}
