import type { Json } from '../api/admin-api.js';
import { CliFailure, reasonOf } from '../failure.js';
import { collectionOf, type Kind } from './kinds.js';

/** A JSON schema as the OpenAPI 3.1 document has them. */
export type Schema = Readonly<Record<string, unknown>>;

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** What the admin API says about the resources that can be configured. */
export interface ApiDocument {
  /** Schemas by name, as `$ref` names them. */
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Name of the schema of the body that creates one. */
  createName(kind: Kind): string;
  /** Fields that creating takes, by name. */
  fields(kind: Kind): Readonly<Record<string, Schema>>;
  /** Fields that stay as they were created. */
  fixed(kind: Kind): readonly string[];
}

const TIMEOUT_MS = 15_000;
export const COMPONENTS = '#/components/schemas/';

/** Reads the OpenAPI document of the admin app that commands speak to, so that fields are written down once: in the API. */
export async function fetchApiDocument(admin: string): Promise<ApiDocument> {
  const response = await fetch(`${admin}/api/openapi.json`, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (cause: unknown) => {
      throw new CliFailure(`The admin app at ${admin} cannot be reached: ${reasonOf(cause)}`);
    },
  );
  if (!response.ok) throw new CliFailure(`${admin}/api/openapi.json answered ${response.status}`);
  return documentOf((await response.json()) as OpenApi);
}

function documentOf({ paths, components: { schemas } }: OpenApi): ApiDocument {
  const collection = (kind: Kind): string => `/api/v1${collectionOf(kind, '{organization}')}`;
  const item = (kind: Kind): string => {
    const start = `${collection(kind)}/`;
    return (
      Object.keys(paths).find((path) => path.startsWith(start) && /^\{\w+\}$/.test(path.slice(start.length))) ?? ''
    );
  };
  const bodyName = (path: string, method: string): string => {
    const body = paths[path]?.[method]?.['requestBody'] as { content: Record<string, { schema: { $ref: string } }> };
    return nameIn(body.content['application/json']?.schema.$ref ?? '');
  };
  const propertiesOf = (name: string) => (schemas[name]?.['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const createName = (kind: Kind): string => bodyName(collection(kind), 'post');
  const fields = (kind: Kind) => propertiesOf(createName(kind));
  return {
    schemas,
    createName,
    fields,
    fixed: (kind) => {
      const changeable = propertiesOf(bodyName(item(kind), 'patch'));
      return Object.keys(fields(kind)).filter((field) => !(field in changeable));
    },
  };
}

/** `#/components/schemas/CreateTeam` → `CreateTeam`. */
export function nameIn(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
