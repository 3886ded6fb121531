/** A kind of resource that configuration as code manages. What its fields are, the admin API's own OpenAPI document says. */
export interface Kind {
  /** As plans name it: `provider-credential`. */
  readonly name: string;
  /** The list in a file: `providerCredentials`. */
  readonly section: string;
  /** Below the organization: `provider-credentials`. */
  readonly path: string;
  /** Without slugs, resources are told apart by their scope. */
  readonly namedBy: 'slug' | 'scope';
  /** Why a deleted one cannot be brought back as it was; absent when it can. */
  readonly lostWhenDeleted?: string;
}

/** In the order in which they are created: each names only what is before it. Deleting goes the other way. */
export const KINDS: readonly Kind[] = [
  { name: 'team', section: 'teams', path: 'teams', namedBy: 'slug' },
  {
    name: 'service',
    section: 'services',
    path: 'services',
    namedBy: 'slug',
    lostWhenDeleted: 'its client id, credentials and keys are gone',
  },
  {
    name: 'provider-credential',
    section: 'providerCredentials',
    path: 'provider-credentials',
    namedBy: 'slug',
    lostWhenDeleted: 'its secret is gone',
  },
  { name: 'model', section: 'models', path: 'models', namedBy: 'slug' },
  { name: 'route', section: 'routes', path: 'routes', namedBy: 'slug' },
  { name: 'rate-limit', section: 'rateLimits', path: 'rate-limits', namedBy: 'scope' },
  { name: 'budget', section: 'budgets', path: 'budgets', namedBy: 'slug' },
  { name: 'guardrail', section: 'guardrails', path: 'guardrails', namedBy: 'slug' },
];

export const ORGANIZATION: Kind = { name: 'organization', section: '', path: '', namedBy: 'slug' };

/** Where the resources of a kind are listed and created. */
export function collectionOf(kind: Kind, organization: string): string {
  return kind === ORGANIZATION ? '/organizations' : `/organizations/${organization}/${kind.path}`;
}
