import type { GatewayKey } from '#libs/database';
import type { KeyAnswer } from './keys.dto.js';

export function toApi(row: GatewayKey): KeyAnswer {
  const { id, name, prefix, allowedModels, ipRanges, expiresAt, lastUsedAt, createdAt } = row;
  return { id, name, prefix, allowedModels, ipRanges, expiresAt, lastUsedAt, createdAt };
}
