import type { OpenAPIObject } from '@nestjs/swagger';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Operation, Schema } from './schema.js';
import { SECRET } from './values.js';

export interface FuzzAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Words of what runs below: stack frames, modules, drivers, SQL. */
const INTERNALS =
  /node_modules|\bat \S+ \(|\.[jt]s:\d+|prisma|postgres|ioredis|SELECT .* FROM|violates|ECONN|TypeError|RangeError|SyntaxError|Cannot read|is not a function/i;

/** Judges answers by the document. */
export class Judge {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false });
  readonly #validators = new Map<Schema, ValidateFunction>();

  constructor(document: OpenAPIObject) {
    formats.default(this.#ajv);
    this.#ajv.addFormat('binary', true);
    this.#ajv.addSchema({ $id: 'document', components: { schemas: closed(document.components?.schemas ?? {}) } });
  }

  /** What is wrong with an answer; undefined when nothing is. */
  flawOf(operation: Operation, { status, contentType, text }: FuzzAnswer): string | undefined {
    if (status >= 500 && status !== 503) return `${status}`;
    if (text.includes(SECRET)) return 'shows a secret';
    const documented = operation.answers.get(status);
    if (!documented) return `${status} is not documented`;
    if (status >= 400 && INTERNALS.test(text)) return 'shows internals';
    if (documented.size === 0) return text === '' ? undefined : `${status} has a body`;
    const type = contentType.split(';')[0] ?? '';
    const schema = documented.get(type);
    if (!schema) return `${status} is ${type === '' ? 'of no type' : type}`;
    if (!type.endsWith('json')) return undefined;
    return this.#mismatch(schema, JSON.parse(text));
  }

  #mismatch(schema: Schema, value: unknown): string | undefined {
    const validate = this.#validators.get(schema) ?? this.#ajv.compile(closed(absolute(schema)) as object);
    this.#validators.set(schema, validate);
    if (validate(value)) return undefined;
    const { instancePath, message, params } = validate.errors?.[0] ?? {};
    return `is not as documented: ${instancePath?.replaceAll(/\d+/g, 'n')} ${message} ${JSON.stringify(params)}`;
  }
}

/** Rows of a report have the tags that it was grouped by, whatever they are called. */
const TAGS = { '^tag\\.': { type: ['string', 'null'] } };

function absolute(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as Schema;
}

/** The same schemas, with nothing allowed that they do not name: an answer has no field that is not documented. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, closed(each)]);
  const schema = Object.fromEntries(entries) as Schema & { additionalProperties?: unknown };
  const isOpen = schema.type === 'object' && schema.properties && schema.additionalProperties === undefined;
  return isOpen ? { ...schema, additionalProperties: false, patternProperties: TAGS } : schema;
}
