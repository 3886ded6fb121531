import { mod97 } from '../checksums.js';
import type { Claim, Kind } from '../kind.js';

const BEGINNING = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])/g;
/** Lengths by country (SWIFT's IBAN registry). */
const LENGTHS: Readonly<Record<string, number>> = Object.fromEntries(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** An IBAN of its country's length whose check digits are right (ISO 13616). */
export const iban: Kind = {
  name: 'iban',
  about: 'International bank account numbers (length of the country, check digits)',
  findIn: (text) => {
    const claims: Claim[] = [];
    BEGINNING.lastIndex = 0;
    for (let found = BEGINNING.exec(text); found; found = BEGINNING.exec(text)) {
      const [beginning] = found;
      const start = found.index;
      const length = LENGTHS[beginning.slice(0, 2).toUpperCase()];
      const end = length === undefined ? null : endOf(text, start, length);
      if (end !== null && mod97(text.slice(start, end).replace(/[ -]/g, '')))
        claims.push({ start, end, confidence: 1 });
    }
    return claims;
  },
};

/** Where the given count of letters and digits is complete, at the end of a word; null when something else comes before. */
function endOf(text: string, start: number, length: number): number | null {
  let end = start;
  for (let count = 0; count < length; end++) {
    if (isAlphanumeric(text, end)) count++;
    else if (!/[ -]/.test(text[end] ?? '') || !isAlphanumeric(text, end + 1)) return null;
  }
  return isAlphanumeric(text, end) ? null : end;
}

const isAlphanumeric = (text: string, at: number): boolean => /[A-Za-z0-9]/.test(text[at] ?? '');
