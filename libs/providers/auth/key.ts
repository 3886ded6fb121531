import type { Auth } from '../provider.js';
import type { AuthHeaders, OpenSecret } from './authorizer.js';
import { optionalText, secretFields, secretText } from './secret-fields.js';

/** What can stand in a header: visible ASCII. */
const KEY = /^[\x21-\x7e]{1,8192}$/;
const API_VERSION = /^[\w.-]{1,40}$/;

/** An API key, as text or as `{ apiKey, apiVersion? }`. Its headers are made once. Throws SecretFlaw. */
export function openKey(auth: Extract<Auth, { kind: 'bearer' | 'header' }>, secret: string | object): OpenSecret {
  const fields =
    typeof secret === 'string' && !secret.startsWith('{')
      ? { apiKey: secret }
      : secretFields(secret, 'a key, or an object with apiKey');
  const key = secretText(fields, 'apiKey', KEY);
  const headers: AuthHeaders =
    auth.kind === 'bearer' ? { authorization: `Bearer ${key}` } : { [auth.name]: key, ...auth.headers };
  return {
    settings: { apiVersion: optionalText(fields, 'apiVersion', API_VERSION) },
    authorizer: () => ({ authorize: () => headers, renew: () => false }),
  };
}
