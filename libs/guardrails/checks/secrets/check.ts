import type { Finding, LocalCheck } from '../../check.js';
import { Anchors } from '../../text/anchors.js';
import { Claims } from '../../text/claims.js';
import { unfinishedToken } from '../../text/tokens.js';
import { drawnValues } from './drawn-values.js';
import { type Format, type Span } from './format.js';
import { VENDOR_FORMATS } from './formats/index.js';
import { announcedPassword, PASSWORD_WORDS } from './passwords.js';
import { begunAt, STRUCTURED } from './structured.js';

const FORMATS: readonly Format[] = [...STRUCTURED, ...VENDOR_FORMATS];
const BY_ANCHOR = FORMATS.flatMap((format) => format.anchors.map((anchor) => ({ anchor, format })));
const anchors = new Anchors(
  BY_ANCHOR.map(({ anchor }) => anchor),
  PASSWORD_WORDS,
);

const CONFIDENCE_BY_FORMAT = 1;
const CONFIDENCE_BY_NAME = 0.8;
/** Longest secret without a space in it that a stream waits for. */
const TOKEN_CHARS_MAX = 4_096;

/** Keys, tokens, passwords and connection strings: by formats that their issuers document, and by the name beside a value. */
export const secrets: LocalCheck = {
  type: 'secrets',
  kind: 'local',
  about: 'Finds keys, tokens, passwords, private keys and connection strings.',
  directions: ['input', 'output'],
  options: {},
  problemWith: () => null,
  prepare: () => ({ inspect, holdFrom }),
};

function inspect(text: string): readonly Finding[] {
  const findings: Finding[] = [];
  const claims = new Claims(text.length);
  /** What begins in something that was found already is a part of it, and not looked at. */
  let covered = 0;
  const add = (rule: string, span: Span | null, confidence: number): void => {
    if (!span) return;
    covered = Math.max(covered, span.end);
    if (claims.take(span.start, span.end)) findings.push({ rule, ...span, confidence });
  };
  const announced: { readonly word: string; readonly at: number }[] = [];
  anchors.scan(text, (piece, at) => {
    const word = PASSWORD_WORDS[piece - BY_ANCHOR.length];
    if (word !== undefined) announced.push({ word, at });
    const format = BY_ANCHOR[piece]?.format;
    if (format && at >= covered) add(format.rule, format.matchAt(text, at), CONFIDENCE_BY_FORMAT);
  });
  drawnValues(text, (span, says) => add(`named-${says}`, span, CONFIDENCE_BY_NAME));
  covered = 0;
  for (const { word, at } of announced)
    if (at >= covered) add('named-password', announcedPassword(text, at, word), CONFIDENCE_BY_NAME);
  return findings;
}

const KEY_BEGUN = /-{1,5}(?:BEGIN[ A-Z0-9_-]{0,80}|B(?:E(?:GI?)?)?)?$/;
const KEY_HEADER_CHARS_MAX = 100;

/** The word that still grows; a private key's first line, and the like, which have spaces in them, from their beginnings. */
function holdFrom(text: string): number {
  const token = Math.min(unfinishedToken(text, TOKEN_CHARS_MAX), begunAt(text));
  const line = text.slice(-KEY_HEADER_CHARS_MAX);
  const begun = KEY_BEGUN.exec(line);
  return begun ? Math.min(token, text.length - line.length + begun.index) : token;
}
