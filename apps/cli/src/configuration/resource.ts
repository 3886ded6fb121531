import type { Json } from '../api/admin-api.js';
import type { ApiDocument } from './document.js';
import type { Kind } from './kinds.js';
import { essential, normalForm } from './normal-form.js';
import { withoutPlaces, withPlaces } from './target-places.js';

/** The fields of a resource that can be configured, in normal form; a secret is not among them. */
export function configured(kind: Kind, resource: Json, document: ApiDocument): Json {
  const fields = Object.entries(document.fields(kind)).filter(([name]) => name !== 'secret');
  const placed = kind.name === 'route' ? withPlaces(resource) : resource;
  const entries = fields.map(([name, schema]) => [name, normalForm(placed[name], schema, document.schemas)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** What has to be written to get this resource: nothing that goes without saying. */
export function written(kind: Kind, resource: Json, document: ApiDocument): Json {
  const schema = document.schemas[document.createName(kind)] ?? {};
  const kept = essential(configured(kind, resource, document), schema, document.schemas) as Json;
  return kind.name === 'route' ? withoutPlaces(kept) : kept;
}

/** Resources by what names them. Of rate limits with the same scope, the second is `… #2`. */
export function byName(kind: Kind, resources: readonly Json[]): ReadonlyMap<string, Json> {
  const named = new Map<string, Json>();
  for (const resource of resources) {
    const name = nameOf(kind, resource);
    const same = [...named.keys()].filter((each) => each === name || each.startsWith(`${name} #`)).length;
    named.set(same === 0 ? name : `${name} #${same + 1}`, resource);
  }
  return named;
}

/** Its slug, or its scope: `team=search user=*`. */
export function nameOf(kind: Kind, resource: Json): string {
  if (kind.namedBy === 'slug') return String(resource['slug']);
  const scope = Object.entries((resource['scope'] ?? {}) as Json).sort(([a], [b]) => (a < b ? -1 : 1));
  const words = scope.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return words.join(' ') || 'whole organization';
}
