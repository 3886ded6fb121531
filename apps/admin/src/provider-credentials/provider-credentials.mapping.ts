import type { ProviderCredential } from '#libs/database';
import type { ProviderCredentialAnswer } from './provider-credentials.dto.js';

export function toApi(row: ProviderCredential): ProviderCredentialAnswer {
  const { id, slug, provider, hint, baseUrl, region, weight, createdAt, updatedAt } = row;
  return { id, slug, provider, hint, baseUrl, region, weight, createdAt, updatedAt };
}
