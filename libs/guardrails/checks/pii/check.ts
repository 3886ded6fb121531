import type { Finding, LocalCheck } from '../../check.js';
import type { CheckConfig } from '../../guardrail.js';
import { Claims } from '../../text/claims.js';
import { unfinishedToken } from '../../text/tokens.js';
import { WordList } from '../../text/word-list.js';
import type { Kind } from './kind.js';
import { birthDate } from './kinds/birth-date.js';
import { card } from './kinds/card.js';
import { cryptoWallet } from './kinds/crypto-wallet.js';
import { email } from './kinds/email.js';
import { iban } from './kinds/iban.js';
import { ip } from './kinds/ip.js';
import {
  brCpf,
  deTaxId,
  esDni,
  frInsee,
  inAadhaar,
  itFiscalCode,
  nlBsn,
  plPesel,
  ukNino,
  usSsn,
} from './kinds/national-ids.js';
import { phone } from './kinds/phone.js';

/** In the order of their strength: what one has claimed is not looked at by the next. */
const WITHOUT_DIGITS: readonly Kind[] = [email];
const WITH_DIGITS: readonly Kind[] = [
  iban,
  cryptoWallet,
  itFiscalCode,
  card,
  frInsee,
  esDni,
  ukNino,
  inAadhaar,
  brCpf,
  birthDate,
  usSsn,
  nlBsn,
  ip,
  plPesel,
  deTaxId,
  phone,
];
const KINDS = [...WITHOUT_DIGITS, ...WITH_DIGITS];
const NAMES_MAX = 10_000;
const NAME_CHARS_MAX = 100;
/** Longest value with spaces in it: an IBAN in groups. */
const VALUE_CHARS_MAX = 48;
/** Longest value without: an e-mail address. */
const TOKEN_CHARS_MAX = 320;

/** Data about persons: addresses, numbers with their checks, dates of birth, and names from a list of the organization's. */
export const pii: LocalCheck = {
  type: 'pii',
  kind: 'local',
  about: 'Finds data about persons.',
  directions: ['input', 'output'],
  options: {
    kinds: `Which to look for: ${KINDS.map(({ name }) => name).join(', ')}. Default: all.`,
    names: `Names of persons to find as whole words in any case: up to ${NAMES_MAX} strings of 1–${NAME_CHARS_MAX} characters. Default: none.`,
  },
  problemWith: ({ kinds, names }) => {
    if (
      kinds !== undefined &&
      !(Array.isArray(kinds) && kinds.every((kind) => KINDS.some(({ name }) => name === kind)))
    )
      return `kinds must be a list of ${KINDS.map(({ name }) => name).join(', ')}`;
    const named =
      names === undefined ||
      (Array.isArray(names) &&
        names.length <= NAMES_MAX &&
        names.every((name) => typeof name === 'string' && /[\p{L}\p{N}]/u.test(name) && name.length <= NAME_CHARS_MAX));
    return named
      ? null
      : `names must be up to ${NAMES_MAX} strings of 1–${NAME_CHARS_MAX} characters with a letter in each`;
  },
  prepare: (config) => {
    const selected = (kinds: readonly Kind[]): readonly Kind[] => kinds.filter(({ name }) => isSelected(config, name));
    const plain = selected(WITHOUT_DIGITS);
    const digital = selected(WITH_DIGITS);
    const list = namesOf(config);
    const names = list.length > 0 ? new WordList(list) : null;
    const holdChars = Math.max(VALUE_CHARS_MAX, (names?.longestChars ?? 0) + 1);
    return {
      inspect: (text) => {
        const claims = new Claims(text.length);
        const findings = claimed(text, plain, claims);
        if (DIGITS.test(text)) findings.push(...claimed(text, digital, claims));
        for (const { start, end } of names?.findIn(text) ?? [])
          findings.push({ rule: 'name', start, end, confidence: 1 });
        return findings;
      },
      holdFrom: (text) => Math.min(Math.max(0, text.length - holdChars), unfinishedToken(text, TOKEN_CHARS_MAX)),
    };
  },
};

/** Every other kind has a digit in it. */
const DIGITS = /\d/;

const isSelected = ({ kinds }: CheckConfig, name: string): boolean =>
  kinds === undefined || (kinds as readonly string[]).includes(name);
const namesOf = ({ names = [] }: CheckConfig): readonly string[] => names as readonly string[];

/** What the kinds find, each only where none before it has. */
function claimed(text: string, kinds: readonly Kind[], claims: Claims): Finding[] {
  const findings: Finding[] = [];
  for (const { name, findIn } of kinds) {
    for (const claim of findIn(text)) if (claims.take(claim.start, claim.end)) findings.push({ rule: name, ...claim });
  }
  return findings;
}
