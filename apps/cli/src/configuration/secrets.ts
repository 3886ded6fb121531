import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '#libs/config';
import type { Json } from '../api/admin-api.js';
import { reasonOf } from '../failure.js';

/** Under this symbol a credential carries the directory of its file: no field of a file can be called so. */
export const SECRET_DIRECTORY: unique symbol = Symbol('directory of the file that names the secret');

type Found<T> = { readonly known: true; readonly secret: T } | { readonly known: false; readonly why: string };

/**
 * The secret that a written provider credential refers to: `env:NAME`, `file:path`, or an object of them. Text that is a
 * JSON object stands for that object. `file:` is relative to where the credential was written, else to `fallback`. When nothing is there, says why: `OPENAI_KEY is not set`.
 */
export function secretOf(credential: Json, env: Environment, fallback = '.'): Found<string | Json> {
  const directory = (credential as { readonly [SECRET_DIRECTORY]?: string })[SECRET_DIRECTORY] ?? fallback;
  const reference = credential['secret'];
  if (typeof reference === 'string') {
    const found = lookUp(reference, directory, env);
    return found.known ? { known: true, secret: objectIn(found.secret) ?? found.secret } : found;
  }
  const object: Record<string, string> = {};
  for (const [name, each] of Object.entries(reference as Readonly<Record<string, string>>)) {
    const found = lookUp(each, directory, env);
    if (!found.known) return found;
    object[name] = found.secret;
  }
  return { known: true, secret: object };
}

/** Whether the API's hint, the last characters of what it holds, shows that it holds another secret. */
export function contradicts(hint: unknown, secret: string | Json): boolean {
  return typeof hint === 'string' && hint !== '' && !(typeof secret === 'string' && secret.endsWith(hint));
}

/** A reference for each credential that is exported: `env:TOLLGATE_SECRET_OPENAI_MAIN`, never twice the same. */
export function placeholders(slugs: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    slugs.map((slug) => {
      const name = `TOLLGATE_SECRET_${slug.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
      let free = name;
      for (let nth = 2; taken.has(free); nth++) free = `${name}_${nth}`;
      taken.add(free);
      return [slug, `env:${free}`];
    }),
  );
}

function lookUp(reference: string, directory: string, env: Environment): Found<string> {
  const rest = reference.slice(reference.indexOf(':') + 1);
  if (reference.startsWith('env:')) {
    const secret = env[rest];
    return secret ? { known: true, secret } : { known: false, why: `${rest} is not set` };
  }
  try {
    return { known: true, secret: readFileSync(resolve(directory, rest), 'utf8').trim() };
  } catch (cause) {
    return { known: false, why: reasonOf(cause) };
  }
}

function objectIn(text: string): Json | null {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
