import type { Auth } from '../provider.js';
import type { OpenSecret } from './authorizer.js';
import { openServiceAccount } from './google.js';
import { openKey } from './key.js';
import { openAwsSecret } from './sigv4.js';

/** Reads a secret as its kind wants it: text, an object, or an object's JSON text. Throws SecretFlaw. */
export function openSecret(auth: Auth, secret: string | object): OpenSecret {
  switch (auth.kind) {
    case 'bearer':
    case 'header':
      return openKey(auth, secret);
    case 'sigv4':
      return openAwsSecret(auth, secret);
    case 'google':
      return openServiceAccount(auth, secret);
  }
}
