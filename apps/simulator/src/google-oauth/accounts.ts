import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto';
import { type Fields, number, text } from '../json.js';
import type { Memory } from '../memory.js';

const TOKEN_LIFE_SEC = 3600;

/** A service account that was made known through the control API. */
export interface Account {
  readonly clientEmail: string;
  readonly publicKey: KeyObject;
  readonly tokenLifeSec: number;
}

/** Makes an account known, or changes it. Throws on a key that is none. */
export function registerAccount(memory: Memory, body: Fields): void {
  const clientEmail = text(body['clientEmail']) ?? '';
  const publicKey = createPublicKey(text(body['publicKey']) ?? '');
  const tokenLifeSec = number(body['tokenLifeSec']) ?? TOKEN_LIFE_SEC;
  memory.set(`google-account ${clientEmail}`, { clientEmail, publicKey, tokenLifeSec } satisfies Account);
}

export function accountOf(memory: Memory, clientEmail: string): Account | undefined {
  return memory.get(`google-account ${clientEmail}`) as Account | undefined;
}

export function issueToken(memory: Memory, { tokenLifeSec }: Account): string {
  const token = `ya29.simulated-${randomUUID()}`;
  memory.set(`google-token ${token}`, Date.now() + tokenLifeSec * 1000);
  return token;
}

/** Whether a token was given out here, has not been revoked and has not expired. */
export function isCurrent(memory: Memory, token: string): boolean {
  return Number(memory.get(`google-token ${token}`) ?? 0) > Date.now();
}

export function revokeTokens(memory: Memory): void {
  memory.forget('google-token ');
}
