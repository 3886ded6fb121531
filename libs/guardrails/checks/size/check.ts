import type { Finding, LocalCheck } from '../../check.js';

/** Limits the length of a single text. The first character beyond is the finding. */
export const size: LocalCheck = {
  type: 'size',
  kind: 'local',
  about: 'Limits the length of every single text. Cannot redact.',
  directions: ['input', 'output'],
  options: { maxChars: 'Most characters of one text, an integer of at least 1. Required.' },
  problemWith: ({ maxChars, action }) => {
    if (!Number.isInteger(maxChars) || (maxChars as number) < 1) return 'maxChars must be an integer of at least 1';
    return action === 'redact' ? 'size can block or flag, not redact' : null;
  },
  prepare: (config) => {
    const maxChars = config['maxChars'] as number;
    return {
      inspect: (text, { offset }): readonly Finding[] => {
        const start = maxChars - offset;
        return start >= 0 && start < text.length ? [{ rule: 'max-chars', start, end: start + 1, confidence: 1 }] : [];
      },
      holdFrom: (text) => text.length,
    };
  },
};
