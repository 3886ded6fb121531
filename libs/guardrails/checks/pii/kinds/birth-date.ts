import { announced, type Kind, matching } from '../kind.js';

const MONTH =
  '(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|mars|avr|juin|juil|août|ene|abr|ago|dic|gen|mag|giu|lug|set|ott)[a-zé]{0,7}\\.?';
const DATE = new RegExp(
  `(?<![\\w])(?:\\d{1,2}[-/. ]\\d{1,2}[-/. ]\\d{2,4}|\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}(?:st|nd|rd|th|\\.)? (?:of |de )?${MONTH},? (?:de )?\\d{4}|${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})(?!\\w)`,
  'gi',
);
const WORDS =
  /(?:\bborn\b|birth|\bd\.?o\.?b\b|geboren|\bgeb\.|geburt|\bnée?\b|naissance|nacid[oa]|nacimiento|\bnat[oa]\b|nascita|nascimento|geboorte|urodz)[^\n]{0,24}$/i;

/** Looked for first: most dates are not of birth. */
const ANY_WORD = new RegExp(WORDS.source.replace('[^\\n]{0,24}$', ''), 'i');

/** A date that words before it say somebody was born on. */
export const birthDate: Kind = {
  name: 'birth-date',
  about: 'Dates of birth, announced by a word',
  findIn: (text) =>
    ANY_WORD.test(text) ? matching(text, DATE, (_, start) => (announced(text, start, WORDS) ? 0.9 : 0)) : [],
};
