import type { IdentityProvider } from '#libs/database';
import type { ExternalKey, Role, ServiceRule } from '#libs/identity';

/** How people sign in through a provider, as it is stored. */
export interface StoredSignIn {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly groupsClaim: string;
  readonly roles: readonly RoleMapping[];
}

/** Who is in this group has this role. */
export interface RoleMapping {
  readonly group: string;
  readonly role: Role;
  /** Slug; null: in the whole organization. */
  readonly team: string | null;
}

type Columns = Pick<IdentityProvider, 'services' | 'signIn' | 'jwks'>;

/** What the JSON columns of a provider say; they were checked when they were written. */
export const stored = {
  rules: ({ services }: Pick<Columns, 'services'>) => services as unknown as readonly ServiceRule[],
  signIn: ({ signIn }: Pick<Columns, 'signIn'>) => signIn as unknown as StoredSignIn | null,
  keys: ({ jwks }: Pick<Columns, 'jwks'>) => (jwks as unknown as { readonly keys: readonly ExternalKey[] }).keys,
};
