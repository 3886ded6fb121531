import type { Finding, LocalCheck } from '../../check.js';
import { foldCase } from '../../text/fold-case.js';

const TERM_CHARS_MAX = 200;
const TERMS_MAX = 1_000;

/** Words and phrases that must not pass, wherever they stand, even inside other words; without regard to case. */
export const denyList: LocalCheck = {
  type: 'deny-list',
  kind: 'local',
  about: 'Finds words and phrases, even inside other words, without regard to case.',
  directions: ['input', 'output'],
  options: { terms: `1–${TERMS_MAX} strings of 1–${TERM_CHARS_MAX} characters. Required.` },
  problemWith: ({ terms }) => {
    const valid =
      Array.isArray(terms) &&
      terms.length > 0 &&
      terms.length <= TERMS_MAX &&
      terms.every((term) => typeof term === 'string' && term.trim() !== '' && term.length <= TERM_CHARS_MAX);
    return valid ? null : `terms must be 1 to ${TERMS_MAX} strings of 1 to ${TERM_CHARS_MAX} characters`;
  },
  prepare: (config) => {
    const terms = (config['terms'] as readonly string[]).map(foldCase);
    const longest = Math.max(...terms.map((term) => term.length));
    return {
      inspect: (text) => occurrences(foldCase(text), terms),
      holdFrom: (text) => Math.max(0, text.length - longest + 1),
    };
  },
};

function occurrences(text: string, terms: readonly string[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [index, term] of terms.entries()) {
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length))
      findings.push({ rule: `term-${index}`, start: at, end: at + term.length, confidence: 1 });
  }
  return findings;
}
