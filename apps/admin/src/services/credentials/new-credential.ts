import { uuidv7 } from '#libs/core';
import { hashSecret, newSecret } from '#libs/identity';

const HINT_CHARS = 4;

/** A new secret of a service and the columns it is stored as. `secret` is shown once and stored nowhere. */
export function newSecretCredential() {
  const secret = newSecret();
  return { secret, id: uuidv7(), kind: 'secret', secretHash: hashSecret(secret), hint: secret.slice(-HINT_CHARS) };
}
