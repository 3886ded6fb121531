import { RE2JS } from 're2js';
import type { Finding, LocalCheck } from '../../check.js';

const PATTERNS_MAX = 50;
const PATTERN_CHARS_MAX = 1_000;
const MATCH_CHARS_MAX = 256;
/** Matches of one pattern in one text that are told: a pattern that matches everywhere says no more than that. */
const MATCHES_MAX = 1_000;

/**
 * Regular expressions of the organization's own, in RE2's syntax: without back-references and look-around, so that no pattern
 * and no text can take more than linear time. Run by re2js, an automaton in plain JavaScript, some twenty times slower than
 * native expressions: for a few patterns.
 */
export const regex: LocalCheck = {
  type: 'regex',
  kind: 'local',
  about: "Finds what own regular expressions match, in RE2's syntax (linear time, no back-references, no look-around).",
  directions: ['input', 'output'],
  options: {
    patterns: `1–${PATTERNS_MAX} expressions of 1–${PATTERN_CHARS_MAX} characters, \`(?i)\` for any case. Required.`,
    matchCharsMax: `Longest match that a stream waits for, 1–4096 characters. Default: ${MATCH_CHARS_MAX}.`,
  },
  problemWith: ({ patterns, matchCharsMax }) => {
    if (!Array.isArray(patterns) || patterns.length === 0 || patterns.length > PATTERNS_MAX)
      return `patterns must be a list of 1 to ${PATTERNS_MAX} expressions`;
    const flawed = patterns.findIndex((pattern) => flawOf(pattern) !== null);
    if (flawed >= 0) return `patterns.${flawed} ${flawOf(patterns[flawed])}`;
    const bounded =
      matchCharsMax === undefined ||
      (Number.isInteger(matchCharsMax) && (matchCharsMax as number) >= 1 && (matchCharsMax as number) <= 4_096);
    return bounded ? null : 'matchCharsMax must be an integer of 1 to 4096';
  },
  prepare: (config) => {
    const compiled = (config['patterns'] as readonly string[]).map((pattern) => RE2JS.compile(pattern));
    const matchCharsMax = (config['matchCharsMax'] as number | undefined) ?? MATCH_CHARS_MAX;
    return {
      inspect: (text) => compiled.flatMap((pattern, index) => matches(pattern, index, text)),
      holdFrom: (text) => Math.max(0, text.length - matchCharsMax),
    };
  },
};

function flawOf(pattern: unknown): string | null {
  if (typeof pattern !== 'string' || pattern === '' || pattern.length > PATTERN_CHARS_MAX)
    return `must be a string of 1 to ${PATTERN_CHARS_MAX} characters`;
  try {
    return RE2JS.compile(pattern).matcher('').find() ? 'must not match the empty text' : null;
  } catch (error) {
    return `is not an expression of RE2: ${error instanceof Error ? error.message : 'unknown'}`;
  }
}

function matches(pattern: RE2JS, index: number, text: string): readonly Finding[] {
  const findings: Finding[] = [];
  const matcher = pattern.matcher(text);
  while (findings.length < MATCHES_MAX && matcher.find()) {
    if (matcher.end() > matcher.start())
      findings.push({ rule: `pattern-${index}`, start: matcher.start(), end: matcher.end(), confidence: 1 });
  }
  return findings;
}
