/*
 * The two modules of oidc-provider that a grant of one's own is built from. They have no types of their own; the version is
 * pinned, and the specs of the token endpoint would notice a change.
 */
declare module 'oidc-provider/lib/actions/grants/client_credentials.js' {
  import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

  export function handler(provider: Provider, helpers: object, context: KoaContextWithOIDC): Promise<void>;
}

declare module 'oidc-provider/lib/helpers/grants.js' {
  import type { Provider } from 'oidc-provider';

  const helpers: Readonly<Record<string, (provider: Provider, ...rest: unknown[]) => unknown>>;
  export = helpers;
}
