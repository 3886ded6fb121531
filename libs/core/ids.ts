import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4096;
const pool = Buffer.allocUnsafe(POOL_BYTES);
let offset = POOL_BYTES;
let lastMs = 0;
let sequence = 0;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hex = (byte: number): string => HEX[byte] as string;

/**
 * A UUIDv7 (RFC 9562 §5.7). Ids made by one process sort in the order they were made: within one millisecond the 12 bits
 * after the version count up, and borrow from the next millisecond when they run out.
 */
export function uuidv7(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    sequence = 0;
  } else if (++sequence > 0xfff) {
    lastMs += 1;
    sequence = 0;
  }
  if (offset + 8 > POOL_BYTES) {
    randomFillSync(pool);
    offset = 0;
  }
  const time = lastMs.toString(16).padStart(12, '0');
  const r = pool.subarray(offset, offset + 8);
  offset += 8;
  const byte = (index: number): string => hex(r[index] as number);
  const variant = hex(((r[0] as number) & 0x3f) | 0x80);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${variant}${byte(1)}-${byte(2)}${byte(3)}${byte(4)}${byte(5)}${byte(6)}${byte(7)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a path segment is an id rather than a slug. Slugs cannot look like this: they are at most 63 characters and the check is exact. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** What a slug may be: lower case letters, digits, `-`, `_` and `.`; starts and ends with a letter or digit; 1–63 characters. */
export const SLUG = /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/;
