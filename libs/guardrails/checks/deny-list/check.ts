import type { Check, Finding } from '../../check.js';
import type { CheckConfig } from '../../guardrail.js';

const TERM_CHARS_MAX = 200;
const TERMS_MAX = 1_000;

const termsOf = (config: CheckConfig): readonly string[] => config['terms'] as readonly string[];

/** Words and phrases that must not pass, compared without regard to case. `terms`: 1–1000 strings of 1–200 characters. */
export const denyList: Check = {
  type: 'deny-list',
  problemWith: ({ terms }) => {
    const valid =
      Array.isArray(terms) &&
      terms.length > 0 &&
      terms.length <= TERMS_MAX &&
      terms.every((term) => typeof term === 'string' && term.trim() !== '' && term.length <= TERM_CHARS_MAX);
    return valid ? null : `terms must be 1 to ${TERMS_MAX} strings of 1 to ${TERM_CHARS_MAX} characters`;
  },
  windowChars: (config) => Math.max(...termsOf(config).map((term) => term.length)),
  inspect: (text, config) => {
    const findings: Finding[] = [];
    const lower = text.toLowerCase();
    for (const [index, term] of termsOf(config).entries()) {
      const wanted = term.toLowerCase();
      for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
        findings.push({ rule: `term-${index}`, start: at, end: at + wanted.length, confidence: 1 });
      }
    }
    return findings;
  },
};
