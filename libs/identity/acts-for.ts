/** On whose behalf a service may act: nobody's, unless somebody says so. */
export interface ActsFor {
  /** Everyone who signs in to the organization's console. */
  readonly members: boolean;
  /** Slugs of services. */
  readonly services: readonly string[];
  readonly users: readonly UserRule[];
}

/** Which tokens of an identity provider stand for a person on whose behalf a service may act. All that is named must fit. */
export interface UserRule {
  /** Slug of the identity provider. */
  readonly identityProvider: string;
  /** One that `aud` must be or contain: the token was given to the service that brings it, not to somebody else. */
  readonly audience: string;
  /** As of a ServiceRule; null: any. */
  readonly subject: string | null;
  readonly claims: Readonly<Record<string, string>>;
}

/**
 * The longest chain of services, the one that calls included, that may stand between a call and whom it is made for. Each
 * link is a service that must be trusted; more than a few are a sign of agents that pass one permission round.
 */
export const ACTORS_MAX = 4;
