import type { Finding, LocalCheck } from '../../check.js';
import { Anchors } from '../../text/anchors.js';
import { Claims } from '../../text/claims.js';
import { unfinishedToken } from '../../text/tokens.js';
import { type Format, type Span } from './format.js';
import { VENDOR_FORMATS } from './formats.js';
import { ANNOUNCERS, announcedValue, type Named } from './named-values.js';
import { STRUCTURED } from './structured.js';

const FORMATS: readonly Format[] = [...STRUCTURED, ...VENDOR_FORMATS];
const BY_ANCHOR = FORMATS.flatMap((format) => format.anchors.map((anchor) => ({ anchor, format })));
const anchors = new Anchors(
  BY_ANCHOR.map(({ anchor }) => anchor),
  ANNOUNCERS.map(({ word }) => word),
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
  const announced: { readonly named: Named; readonly at: number }[] = [];
  anchors.scan(text, (piece, at) => {
    const named = ANNOUNCERS[piece - BY_ANCHOR.length];
    if (named) announced.push({ named, at });
    const format = BY_ANCHOR[piece]?.format;
    if (format && at >= covered) add(format.rule, format.matchAt(text, at), CONFIDENCE_BY_FORMAT);
  });
  covered = 0;
  for (const { named, at } of announced)
    if (at >= covered) add(`named-${named.kind}`, announcedValue(text, at, named), CONFIDENCE_BY_NAME);
  return findings;
}

const KEY_BEGUN = /-{1,5}(?:BEGIN[ A-Z0-9_-]{0,80}|B(?:E(?:GI?)?)?)?$/;
const KEY_HEADER_CHARS_MAX = 100;

/** The word that still grows; a private key's first line, which has spaces in it, from its beginning. */
function holdFrom(text: string): number {
  const token = unfinishedToken(text, TOKEN_CHARS_MAX);
  const line = text.slice(-KEY_HEADER_CHARS_MAX);
  const begun = KEY_BEGUN.exec(line);
  return begun ? Math.min(token, text.length - line.length + begun.index) : token;
}
