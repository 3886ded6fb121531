import { TollgateError } from '#libs/core';
import type { AuthDeps, Authorizer } from './auth/authorizer.js';
import { SecretFlaw } from './auth/authorizer.js';
import { openSecret } from './auth/open-secret.js';
import type { Operation, PathFacts, Provider, Settings } from './provider.js';

/** A provider credential as it is stored, its secret in clear. */
export interface StoredCredential {
  readonly secret: string | object;
  readonly baseUrl: string | null;
  readonly region: string | null;
}

/** A provider credential ready for calls. The secret is inside, out of reach of logs. */
export interface Access extends Authorizer {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly settings: Settings;
}

export interface CredentialProblem {
  readonly field: 'secret' | 'region' | 'baseUrl';
  /** Goes behind the field's name: "must be …". Shows nothing of the secret. */
  readonly message: string;
}

/** What keeps a credential from being used with this provider, or null. */
export function problemWithCredential(provider: Provider, credential: StoredCredential): CredentialProblem | null {
  try {
    const { settings } = settle(provider, credential);
    const { region } = provider;
    if (region && !region.pattern.test(settings.region ?? '')) {
      return { field: 'region', message: `is needed, here or in the secret, as in "${region.example}"` };
    }
  } catch (cause) {
    if (!(cause instanceof SecretFlaw)) throw cause;
    return { field: 'secret', message: cause.message };
  }
  if (credential.baseUrl !== null || provider.baseUrl !== null) return null;
  return { field: 'baseUrl', message: 'is needed: this provider has none of its own' };
}

/** Prepares a credential for calls; null where problemWithCredential has something to say. */
export function openAccess(provider: Provider, credential: StoredCredential, deps: AuthDeps): Access | null {
  if (problemWithCredential(provider, credential) !== null) return null;
  const { secret, settings } = settle(provider, credential);
  const own = typeof provider.baseUrl === 'function' ? provider.baseUrl(settings) : provider.baseUrl;
  const { authorize, renew } = secret.authorizer(settings, deps);
  return { baseUrl: (credential.baseUrl ?? own ?? '').replace(/\/+$/, ''), settings, authorize, renew };
}

/** What the secret says of its region goes before what the record says. */
function settle(provider: Provider, credential: StoredCredential) {
  const secret = openSecret(provider.auth, credential.secret);
  const { region, project = null, apiVersion = null } = secret.settings;
  return { secret, settings: { region: region ?? credential.region, project, apiVersion } };
}

/** What a request must say of itself to be addressed. */
export type RequestFacts = Omit<PathFacts, 'settings'>;

/** Where to send an operation. Throws `model_not_found` if the provider does not have it, and for an unsafe model id. */
export function urlFor(provider: Provider, access: Access, operation: Operation, facts: RequestFacts): string {
  const path = provider.paths[operation];
  if (!path) throw new TollgateError('model_not_found', `${provider.name} has no operation "${operation}".`);
  return access.baseUrl + path({ ...facts, settings: access.settings });
}

/** A request's JSON text as this provider wants it. */
export function bodyFor({ quirks = [] }: Provider, { settings }: Access, body: string, facts: RequestFacts): string {
  return quirks.reduce((text, quirk) => quirk(text, { ...facts, settings }), body);
}

/** Where to ask whether a credential is accepted. */
export function probeUrl({ probePath }: Provider, { baseUrl, settings }: Access): string {
  return baseUrl + (typeof probePath === 'function' ? probePath(settings) : probePath);
}
