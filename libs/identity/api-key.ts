import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { hashSecret } from './secrets.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62⁴³ > 2²⁵⁶ and 62⁶ > 2³². */
const BODY_CHARS = 43;
const CHECKSUM_CHARS = 6;
const SHAPE = new RegExp(`^tg-[0-9A-Za-z]{${BODY_CHARS + CHECKSUM_CHARS}}$`);
/** Enough of a key to tell it from its siblings, far too little to guess the rest. */
const PREFIX_CHARS = 8;

export interface NewGatewayKey {
  /** The key itself: shown once, never stored. */
  readonly key: string;
  readonly hash: string;
  /** First characters, for people to recognise it by. */
  readonly prefix: string;
}

/**
 * A new gateway key: `tg-`, 256 random bits in base 62, and a CRC-32 of what comes before in six characters. The checksum
 * lets us refuse typing errors, and lets secret scanners recognise a leaked key, without asking anyone.
 */
export function newGatewayKey(): NewGatewayKey {
  const body = `tg-${base62(BigInt(`0x${randomBytes(32).toString('hex')}`), BODY_CHARS)}`;
  const key = body + checksum(body);
  return { key, hash: hashGatewayKey(key), prefix: key.slice(0, PREFIX_CHARS) };
}

/** Whether `text` has the shape and the checksum of a gateway key; says nothing about whether such a key exists. */
export function looksLikeGatewayKey(text: string): boolean {
  return SHAPE.test(text) && checksum(text.slice(0, -CHECKSUM_CHARS)) === text.slice(-CHECKSUM_CHARS);
}

/** What a key is stored and found by; see {@link hashSecret}. */
export function hashGatewayKey(key: string): string {
  return hashSecret(key);
}

function checksum(body: string): string {
  return base62(BigInt(crc32(body)), CHECKSUM_CHARS);
}

function base62(value: bigint, chars: number): string {
  let text = '';
  for (let rest = value; text.length < chars; rest /= 62n) text = ALPHABET[Number(rest % 62n)] + text;
  return text;
}
