import { createHash } from 'node:crypto';
import { longRuns } from '../../../text/tokens.js';
import { type Claim, type Kind, matching } from '../kind.js';

/** Bitcoin, Litecoin, Dogecoin, Dash, Tron: base58 with a checksum; Bitcoin and Litecoin since SegWit: bech32; Ethereum: hex. */
const BASE58 = /(?<![A-Za-z0-9])[13LMDTX][1-9A-HJ-NP-Za-km-z]{25,34}(?![A-Za-z0-9])/g;
const BECH32 = /(?<![A-Za-z0-9])(?:bc|tb|ltc)1[02-9ac-hj-np-z]{11,71}(?![A-Za-z0-9])/gi;
const ETHEREUM = /(?<![A-Za-z0-9])0x[0-9a-fA-F]{40}(?![A-Za-z0-9])/g;

/** The shortest address. */
const ADDRESS_CHARS_MIN = 26;

export const cryptoWallet: Kind = {
  name: 'crypto-wallet',
  about: 'Addresses of crypto wallets (base58 and bech32 checksums; Ethereum by form)',
  findIn: (text) =>
    longRuns(text, ADDRESS_CHARS_MIN).flatMap(({ start, end }) => {
      const from = Math.max(0, start - 1);
      const claims = addressesIn(text.slice(from, end + 1));
      return claims.map((claim) => ({ ...claim, start: claim.start + from, end: claim.end + from }));
    }),
};

const addressesIn = (text: string): readonly Claim[] => [
  ...matching(text, BASE58, (match) => (base58Check(match) ? 1 : 0)),
  ...matching(text, BECH32, (match) => (bech32Check(match.toLowerCase()) ? 1 : 0)),
  ...matching(text, ETHEREUM, () => 0.9),
];

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Version, twenty bytes, and the first four bytes of their double SHA-256. */
function base58Check(address: string): boolean {
  let value = 0n;
  for (const character of address) value = value * 58n + BigInt(ALPHABET.indexOf(character));
  const hex = value.toString(16).padStart(50, '0');
  if (hex.length !== 50) return false;
  const bytes = Buffer.from(hex, 'hex');
  return sha256(sha256(bytes.subarray(0, 21)))
    .subarray(0, 4)
    .equals(bytes.subarray(21));
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** BIP 173 and BIP 350. */
function bech32Check(address: string): boolean {
  const separator = address.lastIndexOf('1');
  const prefix = [...address.slice(0, separator)].map((character) => character.charCodeAt(0));
  const values = [...address.slice(separator + 1)].map((character) => CHARSET.indexOf(character));
  let check = 1;
  for (const value of [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...values]) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATOR.entries()) if ((top >>> bit) & 1) check ^= generator;
  }
  return check === 1 || check === 0x2bc830a3;
}
