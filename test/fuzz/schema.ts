import type { OpenAPIObject } from '@nestjs/swagger';

/** As much of JSON Schema 2020-12 as the OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

/** An operation of the document, with what it takes and what it may answer. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Media type → schema of the body; none for an operation without one. */
  readonly body: ReadonlyMap<string, Schema>;
  /** Status → media type → schema of the answer. */
  readonly answers: ReadonlyMap<number, ReadonlyMap<string, Schema>>;
}

/** What a reference in the document points to. */
export function resolve<T extends object>(document: OpenAPIObject, value: T & { readonly $ref?: string }): T {
  if (value.$ref === undefined) return value;
  const steps = value.$ref.slice('#/'.length).split('/');
  const target = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document);
  if (target === undefined) throw new Error(`${value.$ref} is not in the document`);
  return target as T;
}

/** Every operation, in the order of the document. */
export function operationsIn(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Record<string, unknown>>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      parameters: (operation['parameters'] ?? []) as Parameter[],
      body: schemasOf((operation['requestBody'] ?? {}) as Content),
      answers: new Map(
        Object.entries(operation['responses'] as Record<string, Content>).map(([status, answer]) => [
          Number(status),
          schemasOf(resolve(document, answer)),
        ]),
      ),
    })),
  );
}

function schemasOf({ content = {} }: Content): Map<string, Schema> {
  return new Map(Object.entries(content).map(([type, { schema }]) => [type, schema ?? {}]));
}
