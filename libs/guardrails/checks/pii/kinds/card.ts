import { luhn } from '../checksums.js';
import { announced } from '../kind.js';
import type { NumberKind } from '../numbers.js';

/** Issuers' ranges and lengths: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro, Mir. */
const ISSUERS =
  /^(?:4\d{12}(?:\d{3}){0,2}|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}|3[47]\d{13}|(?:6011|64[4-9]\d|65\d{2})\d{12,15}|(?:30[0-5]|3095|3[689]\d)\d{11,16}|(?:2131|1800)\d{11}|35(?:2[89]|[3-8]\d)\d{12,15}|62\d{14,17}|(?:50[0-9]{2}|5[6-9]\d{2}|6304|6390|67\d{2})\d{8,15}|220[0-4]\d{12,15})$/;

const WORDS = /\b(?:card|cc|visa|mastercard|amex)\b[^\n]{0,24}$/i;

/** The number of a payment card: an issuer's range and length, or a word before it, and Luhn's digit (ISO/IEC 7812). */
export const card: NumberKind = {
  name: 'card',
  about: 'Numbers of payment cards (issuer, length, Luhn digit)',
  digitsMin: 12,
  digitsMax: 19,
  judge: (digits, _, text, start) =>
    luhn(digits) && !/^(\d)\1+$/.test(digits) && (ISSUERS.test(digits) || announced(text, start, WORDS)) ? 1 : 0,
};
