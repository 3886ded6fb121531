import type { Json } from '../api/admin-api.js';
import { wrongUsage } from '../failure.js';
import { KINDS } from './kinds.js';
import type { WrittenDocument } from './read-files.js';
import { nameOf } from './resource.js';

/** What files say about one organization. */
export interface Desired {
  readonly organization: string;
  /** Fields of the organization itself that are written, such as `name`. */
  readonly itself: Json;
  /** Resources by section. A section that no file has is not managed. */
  readonly sections: ReadonlyMap<string, readonly Json[]>;
}

const NOT_ITSELF = new Set(['organization', ...KINDS.map(({ section }) => section)]);

/** Documents of the same organization are parts of one. Throws wrong usage when two of them say different things. */
export function desiredOf(documents: readonly WrittenDocument[]): Desired[] {
  const organizations = [...new Set(documents.map(({ body }) => String(body['organization'])))];
  return organizations.map((organization) => {
    const parts = documents.filter(({ body }) => body['organization'] === organization);
    const sections = new Map(KINDS.flatMap(({ section }) => sectionOf(section, parts)));
    requireDistinct(organization, sections);
    return { organization, itself: itselfOf(organization, parts), sections };
  });
}

function sectionOf(section: string, parts: readonly WrittenDocument[]): [string, readonly Json[]][] {
  const lists = parts.flatMap(({ body }) => (section in body ? [body[section] as readonly Json[]] : []));
  return lists.length > 0 ? [[section, lists.flat()]] : [];
}

function itselfOf(organization: string, parts: readonly WrittenDocument[]): Json {
  const itself: Record<string, unknown> = {};
  for (const { body, source } of parts)
    for (const [field, value] of Object.entries(body)) {
      if (NOT_ITSELF.has(field)) continue;
      if (field in itself && JSON.stringify(itself[field]) !== JSON.stringify(value))
        throw wrongUsage(`${source}: another file says a different "${field}" of organization "${organization}"`);
      itself[field] = value;
    }
  return itself;
}

function requireDistinct(organization: string, sections: ReadonlyMap<string, readonly Json[]>): void {
  for (const kind of KINDS.filter(({ namedBy }) => namedBy === 'slug')) {
    const names = (sections.get(kind.section) ?? []).map((resource) => nameOf(kind, resource));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined)
      throw wrongUsage(`${kind.name} "${twice}" of organization "${organization}" is there twice`);
  }
}
