import { stringify } from 'yaml';
import type { AdminApi, Json } from '../api/admin-api.js';
import type { ApiDocument } from './document.js';
import { collectionOf, KINDS, ORGANIZATION } from './kinds.js';
import { parentsFirst } from './parents-first.js';
import { written } from './resource.js';
import { placeholders } from './secrets.js';

const HEADER =
  ' Secrets are references: set what they name, or point them elsewhere (env:NAME, file:path), before applying.';

/** An organization's configuration as YAML that `apply` takes. Secrets are not in it: references stand in their places. */
export async function exportOrganization(organization: string, api: AdminApi, document: ApiDocument): Promise<string> {
  const { body } = await api.get(`/organizations/${organization}`);
  const { slug, ...itself } = written(ORGANIZATION, body, document);
  const sections: Record<string, readonly Json[]> = {};
  for (const kind of KINDS) {
    const resources = await api.list(collectionOf(kind, organization));
    if (resources.length === 0) continue;
    const bodies = resources.map((resource) => written(kind, resource, document));
    sections[kind.section] =
      kind.name === 'team'
        ? parentsFirst(bodies)
        : kind.name === 'provider-credential'
          ? withPlaceholders(bodies)
          : bodies;
  }
  return `#${HEADER}\n${stringify({ organization: slug, ...itself, ...sections }, { lineWidth: 0 })}`;
}

function withPlaceholders(credentials: readonly Json[]): Json[] {
  const references = placeholders(credentials.map(({ slug }) => String(slug)));
  return credentials.map((credential) => ({ ...credential, secret: references.get(String(credential['slug'])) }));
}
