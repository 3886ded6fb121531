import type { Check, Finding } from '../../check.js';
import { PRIVATE_KEY, SECRET_CHARS_MAX, SECRET_RULES } from './rules.js';

/** Keys, tokens and connection strings in formats that their issuers document. */
export const secrets: Check = {
  type: 'secrets',
  problemWith: () => null,
  windowChars: () => SECRET_CHARS_MAX,
  inspect: (text) => {
    const findings: Finding[] = [];
    for (const { name, anchor, pattern } of [...SECRET_RULES, PRIVATE_KEY]) {
      if (!text.includes(anchor)) continue;
      for (const match of text.matchAll(pattern)) {
        findings.push({ rule: name, start: match.index, end: match.index + match[0].length, confidence: 1 });
      }
    }
    return findings;
  },
};
