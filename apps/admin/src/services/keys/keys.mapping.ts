import type { GatewayKey } from '#libs/database';
import type { KeyAnswer } from './keys.dto.js';

export function toApi({ id, name, prefix, expiresAt, createdAt }: GatewayKey): KeyAnswer {
  return { id, name, prefix, expiresAt, createdAt };
}
