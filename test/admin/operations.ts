import { isPermission, type Permission } from '#libs/identity';
import type { AdminApp } from './start-admin.js';

/** An operation of the OpenAPI document. */
export interface Operation {
  readonly method: string;
  /** Below /api/v1, with parameters in braces. */
  readonly path: string;
  /** What its security names; null for everyone who is signed in. */
  readonly permission: Permission | null;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly security: readonly [{ readonly bearer: readonly string[] }] }>>>
  >;
}

/** Every operation that the app says it has, in the order of the document. */
export async function operationsOf(admin: AdminApp): Promise<Operation[]> {
  const { paths } = (await admin.call('GET', '//api/openapi.json')).body as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => {
      const [permission = null] = security[0].bearer;
      if (permission !== null && !isPermission(permission)) throw new Error(`${path} needs ${permission}`);
      return { method: method.toUpperCase(), path: path.slice('/api/v1'.length), permission };
    }),
  );
}
