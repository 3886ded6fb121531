import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP password storage cheat sheet (2025): one of its equal choices for scrypt; 32 MiB and some 150 ms each. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const SCHEME = 'scrypt-15-8-3';
const KEY_BYTES = 32;
const SALT_BYTES = 16;

export const PASSWORD_CHARS_MIN = 12;
export const PASSWORD_CHARS_MAX = 200;

/** What a password is stored as: `scrypt-15-8-3.<salt>.<key>`, base64url. Slow on purpose: people choose weak passwords. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return [SCHEME, salt.toString('base64url'), (await derive(password, salt)).toString('base64url')].join('.');
}

/** Hash that no password has: compared with where there is no member, so that the time does not tell who exists. */
const NOBODY = [SCHEME, Buffer.alloc(SALT_BYTES).toString('base64url'), Buffer.alloc(KEY_BYTES).toString('base64url')];

/** Whether `hash` was made of `password`. Takes as long for no hash at all, which no password matches. */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const [scheme, salt = '', key = ''] = hash?.split('.') ?? NOBODY;
  if (scheme !== SCHEME) throw new Error(`a password is stored by an unknown scheme: ${scheme}`);
  const derived = await derive(password, Buffer.from(salt, 'base64url'));
  return timingSafeEqual(derived, Buffer.from(key, 'base64url')) && hash !== null;
}

/** Says what is wrong with a password somebody wants to have; undefined when nothing is (NIST SP 800-63B §3.1.1). */
export function passwordFlaw(password: string, email: string): string | undefined {
  if ([...password].length < PASSWORD_CHARS_MIN) return `It must have at least ${PASSWORD_CHARS_MIN} characters.`;
  if (password.length > PASSWORD_CHARS_MAX) return `It must have at most ${PASSWORD_CHARS_MAX} characters.`;
  const [lower, name = ''] = [password.toLowerCase(), email.split('@')[0]];
  if (lower.includes(email) || lower.replaceAll(name, '').length < PASSWORD_CHARS_MIN / 2)
    return 'It must not be made of your email address.';
  return new Set(password).size < 5 ? 'It must not repeat the same few characters.' : undefined;
}

/** Without characters that are easily taken for another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_CHARS = 5;

/** A password that one person tells another, like `h7kxm-2pqrs-…`: 99 random bits. */
export function newOneTimePassword(): string {
  const group = () => Array.from({ length: GROUP_CHARS }, randomCharacter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** Each equally likely: bytes that would favour the first characters are thrown away. */
function randomCharacter(): string {
  const limit = 256 - (256 % ALPHABET.length);
  let byte: number;
  do byte = randomBytes(1).readUInt8();
  while (byte >= limit);
  return ALPHABET.charAt(byte % ALPHABET.length);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  const options: ScryptOptions = { ...COST, maxmem: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    // Unicode has several spellings for one text; what was typed on another keyboard is the same password.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
