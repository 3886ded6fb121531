import { mod11And10, verhoeff, weighted } from '../checksums.js';
import { announced, type Kind, matching } from '../kind.js';
import type { NumberKind } from '../numbers.js';

/** Confidence where the check alone tells, and where a word before it says so too. */
const BY_CHECK = 0.7;
const BY_WORD = 1;

/** A number of fixed length with a check. `loud`: written so that the check alone tells; else a word must announce it. */
function numbered(
  name: string,
  about: string,
  length: number,
  words: RegExp,
  valid: (digits: string) => boolean,
  loud: (raw: string) => boolean,
): NumberKind {
  return {
    name,
    about,
    digitsMin: length,
    digitsMax: length,
    judge: (digits, raw, text, start) => {
      if (!valid(digits)) return 0;
      if (announced(text, start, words)) return BY_WORD;
      return loud(raw) ? BY_CHECK : 0;
    },
  };
}

/** Areas 000, 666 and 900–999, group 00 and serial 0000 are never issued (SSA). */
export const usSsn = numbered(
  'us-ssn',
  'US social security numbers (ranges that are issued)',
  9,
  /\b(?:ssn|social[ -]security|social)\b[^\n]{0,24}$/i,
  (digits) => /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digits),
  (raw) => /^\d{3}([- ])\d{2}\1\d{4}$/.test(raw),
);

/** Prefixes D, F, I, Q, U, V and some pairs are not used (HMRC NIM39110). */
const NINO =
  /(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])/gi;

export const ukNino: Kind = {
  name: 'uk-nino',
  about: 'UK national insurance numbers (prefixes that are used)',
  findIn: (text) => matching(text, NINO, () => 0.9),
};

/** Of the first ten digits one stands twice or thrice and no other repeats (BZSt); MOD 11,10. */
export const deTaxId = numbered(
  'de-tax-id',
  'German tax identification numbers (digit pattern, check digit)',
  11,
  /(?:steuer|tax|idnr|tin\b)[^\n]{0,30}$/i,
  (digits) => digits[0] !== '0' && oneRepeats(digits.slice(0, 10)) && mod11And10(digits),
  (raw) => /^\d{2} \d{3} \d{3} \d{3}$|^\d{11}$/.test(raw),
);

function oneRepeats(digits: string): boolean {
  const repeated = [...'0123456789'].map((each) => digits.split(each).length - 1).filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3;
}

const INSEE =
  /(?<![A-Za-z0-9])[1278] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}[ -]?\d{2}(?![A-Za-z0-9])/g;

/** The key is 97 minus the number modulo 97; Corsica's 2A and 2B count as 19 and 18. */
export const frInsee: Kind = {
  name: 'fr-insee',
  about: 'French social security numbers (month, key)',
  findIn: (text) =>
    matching(text, INSEE, (match) => {
      const digits = match.replace(/[ -]/g, '').replace('2A', '19').replace('2B', '18');
      return 97 - Number(BigInt(digits.slice(0, 13)) % 97n) === Number(digits.slice(13)) ? 0.9 : 0;
    }),
};

const DNI = /(?<![A-Za-z0-9])(?:[XYZ][ -]?\d{7}|\d{8})[ -]?[A-HJ-NP-TV-Z](?![A-Za-z0-9])/gi;

/** The letter is the number modulo 23 in a fixed order; X, Y and Z of a foreigner's number count as 0, 1 and 2. */
export const esDni: Kind = {
  name: 'es-dni',
  about: 'Spanish DNI and NIE (check letter)',
  findIn: (text) =>
    matching(text, DNI, (match) => {
      const plain = match.replace(/[ -]/g, '').toUpperCase();
      const number = plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
      return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] === plain.at(-1) ? 0.9 : 0;
    }),
};

const FISCAL_CODE =
  /(?<![A-Za-z0-9])[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z](?![A-Za-z0-9])/gi;
/** Values of 0–9 and A–Z in odd places (decree of 23 December 1976). */
const ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22,
  25, 24, 23,
];

export const itFiscalCode: Kind = {
  name: 'it-fiscal-code',
  about: 'Italian codici fiscali (form, check letter)',
  findIn: (text) =>
    matching(text, FISCAL_CODE, (match) => {
      const code = match.toUpperCase();
      let sum = 0;
      for (let at = 0; at < 15; at++) {
        const value = Number.parseInt(code[at] ?? '0', 36);
        sum += at % 2 === 0 ? (ODD[value] ?? 0) : value > 9 ? value - 10 : value;
      }
      return String.fromCharCode(65 + (sum % 26)) === code[15] ? 1 : 0;
    }),
};

/** The eleven-test; one number in eleven passes, so that a word must announce it. */
export const nlBsn = numbered(
  'nl-bsn',
  'Dutch citizen service numbers (eleven-test, announced by a word)',
  9,
  /(?:bsn|burgerservice|sofi|citizen service)[^\n]{0,24}$/i,
  (digits) => digits !== '000000000' && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  () => false,
);

/** Six digits of a birth date, whose month says the century, and a check digit. */
export const plPesel = numbered(
  'pl-pesel',
  'Polish PESEL numbers (birth date, check digit)',
  11,
  /pesel[^\n]{0,24}$/i,
  (digits) => {
    const month = Number(digits.slice(2, 4)) % 20;
    const day = Number(digits.slice(4, 6));
    const dated = month >= 1 && month <= 12 && day >= 1 && day <= 31;
    return dated && weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
  },
  (raw) => /^\d{11}$/.test(raw),
);

export const inAadhaar = numbered(
  'in-aadhaar',
  'Indian Aadhaar numbers (Verhoeff digit)',
  12,
  /(?:aadhaa?r|uidai|uid\b)[^\n]{0,24}$/i,
  (digits) => /^[2-9]/.test(digits) && verhoeff(digits),
  (raw) => /^\d{4}([ -])\d{4}\1\d{4}$/.test(raw),
);

export const brCpf = numbered(
  'br-cpf',
  'Brazilian CPF numbers (two check digits)',
  11,
  /\bcpf\b[^\n]{0,24}$/i,
  (digits) => {
    if (/^(\d)\1+$/.test(digits)) return false;
    const first = ((weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
    const second = ((weighted(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11) % 10;
    return first === Number(digits[9]) && second === Number(digits[10]);
  },
  (raw) => /^\d{3}\.?\d{3}\.?\d{3}-?\d{2}$/.test(raw),
);
