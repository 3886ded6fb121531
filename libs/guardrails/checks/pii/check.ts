import type { Finding, LocalCheck } from '../../check.js';
import type { CheckConfig } from '../../guardrail.js';
import { Claims } from '../../text/claims.js';
import { unfinishedToken } from '../../text/tokens.js';
import { WordList } from '../../text/word-list.js';
import { digitRows } from './digit-rows.js';
import { digitWindows } from './digit-windows.js';
import type { Claim, Kind } from './kind.js';
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
import { type NumberKind, numbersIn } from './numbers.js';

/** Looked for in the whole text. */
const ANYWHERE: readonly Kind[] = [email, cryptoWallet];
/** Looked for where digits are, in the order of their strength: what one has claimed is not the next one's. */
const BEFORE_NUMBERS: readonly Kind[] = [iban, itFiscalCode, frInsee, esDni, ukNino];
const NUMBERS: readonly NumberKind[] = [card, inAadhaar, brCpf, usSsn, nlBsn, plPesel, deTaxId];
const AFTER_NUMBERS: readonly Kind[] = [birthDate, ip, phone];
const NAMES_OF_KINDS = [...ANYWHERE, ...BEFORE_NUMBERS, ...NUMBERS, ...AFTER_NUMBERS].map(({ name }) => name);
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
    kinds: `Which to look for: ${NAMES_OF_KINDS.join(', ')}. Default: all.`,
    names: `Names of persons to find as whole words in any case: up to ${NAMES_MAX} strings of 1–${NAME_CHARS_MAX} characters. Default: none.`,
  },
  problemWith: ({ kinds, names }) => {
    if (kinds !== undefined && !(Array.isArray(kinds) && kinds.every((kind) => NAMES_OF_KINDS.includes(kind))))
      return `kinds must be a list of ${NAMES_OF_KINDS.join(', ')}`;
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
    const finders = findersOf(config);
    const list = namesOf(config);
    const names = list.length > 0 ? new WordList(list) : null;
    const holdChars = Math.max(VALUE_CHARS_MAX, (names?.longestChars ?? 0) + 1);
    return {
      inspect: (text) => [
        ...findIn(text, finders),
        ...(names?.findIn(text) ?? []).map(({ start, end }) => ({ rule: 'name', start, end, confidence: 1 })),
      ],
      holdFrom: (text) => Math.min(Math.max(0, text.length - holdChars), unfinishedToken(text, TOKEN_CHARS_MAX)),
    };
  },
};

/** The kinds that a configuration selects. */
interface Finders {
  readonly anywhere: readonly Kind[];
  readonly beforeNumbers: readonly Kind[];
  readonly numbers: readonly NumberKind[];
  readonly afterNumbers: readonly Kind[];
}

function findersOf({ kinds }: CheckConfig): Finders {
  const selected = <K extends { readonly name: string }>(all: readonly K[]): readonly K[] =>
    kinds === undefined ? all : all.filter(({ name }) => (kinds as readonly string[]).includes(name));
  return {
    anywhere: selected(ANYWHERE),
    beforeNumbers: selected(BEFORE_NUMBERS),
    numbers: selected(NUMBERS),
    afterNumbers: selected(AFTER_NUMBERS),
  };
}

const namesOf = ({ names = [] }: CheckConfig): readonly string[] => names as readonly string[];

function findIn(text: string, { anywhere, beforeNumbers, numbers, afterNumbers }: Finders): Finding[] {
  const findings: Finding[] = [];
  const claims = new Claims(text.length);
  const claim = (rule: string, { start, end, confidence }: Claim, offset: number): void => {
    if (claims.take(start + offset, end + offset))
      findings.push({ rule, start: start + offset, end: end + offset, confidence });
  };
  for (const kind of anywhere) for (const each of kind.findIn(text)) claim(kind.name, each, 0);
  for (const { start, end } of digitWindows(text)) {
    const part = text.slice(start, end);
    for (const kind of beforeNumbers) for (const each of kind.findIn(part)) claim(kind.name, each, start);
    for (const { name, ...each } of numbersIn(part, digitRows(part), numbers)) claim(name, each, start);
    for (const kind of afterNumbers) for (const each of kind.findIn(part)) claim(kind.name, each, start);
  }
  return findings;
}
