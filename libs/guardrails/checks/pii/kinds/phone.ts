import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { announced, type Claim, type Kind } from '../kind.js';

const CANDIDATE = /(?<![\w.+-])(?:\+|00)?\(?\d(?:[ .()/-]{0,3}\d){6,14}(?![\d.-]*\w)/g;
const WORDS =
  /(?:phone|tel|call|mobile?|cell|fax|whatsapp|telefon|handy|rufnummer|téléphone|teléfono|móvil|celular|telefoon|contact|sms|text me|reach|dial|desk|office|messages?)[^\d]{0,30}$/i;
/** Such a word directly before: then the numbering plan need not know the number. */
const LABEL =
  /(?:phone|tel|mobile?|cell|fax|whatsapp|telefon|handy|téléphone|teléfono|móvil|celular)(?: ?(?:number|no|nr|is))*[.:\s]{0,4}$/i;
const NORTH_AMERICAN =
  /^\(?[2-9]\d{2}\)?[ .-]{1,2}[2-9]\d{2}[ .-]\d{4}$|^1[ .-]\(?[2-9]\d{2}\)?[ .-]{1,2}\d{3}[ .-]\d{4}$/;
const REGIONS: readonly CountryCode[] = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'NL', 'PL', 'IN', 'BR', 'AU', 'JP'];
/** Numbers of one text that are judged by the numbering plans, at some 15 µs each; a text with more is all numbers. */
const JUDGED_MAX = 300;

/** A telephone number that its country's numbering plan knows: with a country code, in North American form, or announced by a word. */
export const phone: Kind = {
  name: 'phone',
  about:
    'Telephone numbers that are valid in their country (with its code, in North American form, or announced by a word)',
  findIn: (text) => {
    const claims: Claim[] = [];
    let judged = 0;
    CANDIDATE.lastIndex = 0;
    for (let found = CANDIDATE.exec(text); found; found = CANDIDATE.exec(text)) {
      const [raw] = found;
      const start = found.index;
      if (announced(text, start, LABEL)) {
        claims.push({ start, end: start + raw.length, confidence: 0.7 });
        continue;
      }
      const regions = regionsOf(text, raw, start);
      if (regions === null) continue;
      if (++judged > JUDGED_MAX) break;
      if (isNumber(raw.replace(/^00(?=[1-9])/, '+'), regions))
        claims.push({ start, end: start + raw.length, confidence: raw.startsWith('+') ? 1 : 0.8 });
    }
    return claims;
  },
};

/** The countries a number may belong to where it does not say so itself; null: it does not look like a number to be called. */
function regionsOf(text: string, raw: string, start: number): readonly CountryCode[] | null {
  if (/^(?:\+|00[1-9])/.test(raw)) return [];
  if (NORTH_AMERICAN.test(raw)) return ['US'];
  if (/^\d{4}[-./]\d{2}[-./]\d{2}/.test(raw)) return null;
  return announced(text, start, WORDS) ? REGIONS : null;
}

function isNumber(raw: string, regions: readonly CountryCode[]): boolean {
  if (regions.length === 0) return parsePhoneNumberFromString(raw)?.isValid() === true;
  return regions.some((region) => parsePhoneNumberFromString(raw, region)?.isValid() === true);
}
