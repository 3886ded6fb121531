import type { ServiceCredential } from '#libs/database';
import type { CredentialAnswer } from './credentials.dto.js';

export function toApi(row: ServiceCredential): CredentialAnswer {
  const { id, kind, hint, jwks, expiresAt, lastUsedAt, createdAt } = row;
  return { id, kind, hint, jwks, expiresAt, lastUsedAt, createdAt };
}
