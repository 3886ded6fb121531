import type { Auth } from './provider.js';

/** The headers that carry the provider credential. The only place where a secret meets a request. */
export function authorize(auth: Auth, secret: string): Readonly<Record<string, string>> {
  switch (auth.kind) {
    case 'bearer':
      return { authorization: `Bearer ${secret}` };
    case 'header':
      return { [auth.name]: secret, ...auth.headers };
  }
}
