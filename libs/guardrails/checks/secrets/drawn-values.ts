import { lowBytes } from '../../text/bytes.js';
import type { Span } from './format.js';
import { isPlaceholder, looksDrawn } from './randomness.js';
import { VENDORS } from './vendors.js';

/** Shortest value that a name which says secret may announce; other names need {@link PLAIN_CHARS_MIN}. */
const CHARS_MIN = 10;
const PLAIN_CHARS_MIN = 16;
const CHARS_MAX = 600;
/** How far before a value its name is looked for, on the same line. What a stream keeps in sight is as long. */
const CONTEXT_CHARS = 64;

enum Kind {
  break = 0,
  letter = 1,
  digit = 2,
  joint = 4,
}

const KINDS = new Uint8Array(256);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) KINDS[code] = Kind.letter;
  else if (/\d/.test(character)) KINDS[code] = Kind.digit;
  else if (/[-_+/~]/.test(character)) KINDS[code] = Kind.joint;
}

/**
 * Values that look drawn by a machine beside a name that says what they are: `api_key: "…"`, `?token=…`, `<secret>…`,
 * `STRIPE …`. One pass over the text; only the few runs of letters with digits in them are looked at closer.
 */
export function drawnValues(text: string, found: (span: Span, says: Name['says']) => void): void {
  const bytes = lowBytes(text);
  let start = 0;
  let seen = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const kind = at < bytes.length ? (KINDS[bytes[at] as number] as number) : Kind.break;
    if (kind !== Kind.break) {
      seen |= kind;
      continue;
    }
    const chars = at - start;
    if (chars >= CHARS_MIN && (seen & Kind.letter) !== 0 && ((seen & Kind.digit) !== 0 || chars >= 24)) {
      const value = announced(text, start, at);
      if (value) found(value.span, value.says);
    }
    start = at + 1;
    seen = 0;
  }
}

const RUN = /^[\w+/~-]+$/;
const HEX = /^(?:0x)?[0-9a-fA-F]{32,128}$/;
const UUID = /^[0-9a-zA-Z]{8}(?:-[0-9a-zA-Z]{4}){3}-[0-9a-zA-Z]{12}$/;

/** The value in a run of characters whose name says that it is a secret, or null. */
function announced(
  text: string,
  start: number,
  end: number,
): { readonly span: Span; readonly says: Name['says'] } | null {
  if (end - start > CHARS_MAX) return null;
  const context = text.slice(Math.max(0, start - CONTEXT_CHARS), start);
  const run = text.slice(start, end);
  const value = valueIn(context, run);
  if (!value || !RUN.test(value.text) || isPlaceholder(value.text)) return null;
  const name = nameIn(lineOf(context) + run.slice(0, run.length - value.text.length));
  if (!name || !isSecret(value.text, name)) return null;
  return { span: widened(text, end - value.text.length, end), says: name.says };
}

/** What stands before a value on its line; on the one before where it has its line for itself. */
function lineOf(context: string): string {
  const lines = context.split('\n');
  const line = lines.at(-1) ?? '';
  return /^[\s"'`]*$/.test(line) && lines.length > 1 ? `${lines.at(-2)} ${line}` : line;
}

/**
 * The part of a run that is a value: what a name with a dash before it leaves (`apiKey-ab12…`), or the last part of a path.
 */
function valueIn(context: string, run: string): { readonly text: string } | null {
  const named = NAME_IN_RUN.exec(run);
  if (named) return { text: run.slice(named[0].length) };
  if (run.includes('/') && (context.endsWith('/') || context.endsWith('.com') || run.startsWith('/')))
    return { text: run.slice(run.lastIndexOf('/') + 1) };
  return { text: run };
}

/** A name and what joins it to its value, when all of it is one run. */
const NAME_IN_RUN =
  /^[\w-]{0,40}?(?:secret|token|key|access|private|auth)s?[-_](?=[\w+/~-]{16})(?![A-Za-z]{1,24}[-_]|[A-Za-z_-]+$)/i;

interface Name {
  readonly says: 'secret' | 'key' | 'vendor';
  /** Whether a sign for assignment, a quotation mark or a tag joins it to the value. */
  readonly assigns: boolean;
}

const SECRET =
  /secret|token|credential|bearer|passw|passphrase|pwd|(?:api|access|auth|private|client|app|account|encryption|signing|master|consumer|license|licence|session|hmac|deploy|service|shared|storage|subscription|security|webhook|integration|ingest|admin|user|dev|project|org|bot|write|read|server|live|prod|test|rest|sdk|web|private)[\s_.-]{0,2}key|(?:^|[^a-z])(?:pat|dsn|sas|sig|signature)(?![a-z])/gi;
const KEY = /key|access|private|auth|cred/gi;
/** What makes of a secret's name the name of something that is for everyone. */
const HARMLESS =
  /mock|fake|dummy|pub(?:lic|lish|_|-|key)|\bh1:|csrf|xsrf|nonce|cursor|page|continu|next|commit|checksum|sha-?\d|sha\b|md5|digest|hash|etag|integrity|revision|version|fingerprint|thumbprint|partition|primary|foreign|sort|cache|idempoten|dedup|lookup|index|uuid|guid|keyid|key_?id|key-id|token_?type|tokeniz|file|path|branch|image|tag\b|color|colour|monkey|keyboard|keyword|turkey|hockey|author|accessib|accessor/i;
/** Between a name and its value: the rest of the name, then signs. No end of a sentence. */
const JOINT =
  /^[\w\s\-.\])}'"`\\]{0,28}(?:[\s"'`\\)\]}]*(?:=>|:=|->|[=:|>,(])[\s"'`\\([{>=]*(?:[A-Za-z]{2,12} ){0,2}["'`{]?|[\s"'`{\\-]+)$/;
const ASSIGNS = /[=:>|,"'`(]/;

/** What the line before a value says of it. */
function nameIn(line: string): Name | null {
  const secret = lastMatch(SECRET, line);
  if (secret) {
    const gap = line.slice(secret.end);
    if (
      JOINT.test(gap) &&
      !HARMLESS.test(line.slice(Math.max(0, secret.start - 16), secret.start)) &&
      !HARMLESS.test(gap)
    )
      return { says: 'secret', assigns: ASSIGNS.test(gap) };
  }
  const key = lastMatch(KEY, line);
  if (key) {
    const gap = line.slice(key.end);
    if (JOINT.test(gap) && !gap.includes(',') && !HARMLESS.test(line.slice(Math.max(0, key.start - 24))))
      return { says: 'key', assigns: ASSIGNS.test(gap) };
  }
  return namesVendor(line);
}

function lastMatch(pattern: RegExp, line: string): { readonly start: number; readonly end: number } | null {
  let last: { start: number; end: number } | null = null;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(line); match; match = pattern.exec(line))
    last = { start: match.index, end: pattern.lastIndex };
  return last;
}

const WORDS = /[A-Za-z][a-z0-9]+|[A-Z0-9]{2,}/g;
/** So many words before a value may come between it and its vendor. */
const WORDS_BETWEEN = 3;

function namesVendor(line: string): Name | null {
  const words = line.match(WORDS)?.slice(-1 - WORDS_BETWEEN) ?? [];
  if (!words.some((word) => VENDORS.has(word.toLowerCase()))) return null;
  return HARMLESS.test(line.slice(-32)) || !/[\s=:>,|?"'`({-]$/.test(line)
    ? null
    : { says: 'vendor', assigns: /[=:>|,]/.test(line.slice(-6)) };
}

/** A piece of a value with digits among its letters: names of models, of versions and of files have short ones. */
const MIXED_PIECE = /^(?=\w*\d)(?=\w*[A-Za-z])\w{8}/;

function isSecret(value: string, { says, assigns }: Name): boolean {
  if (UUID.test(value)) return says !== 'key' || assigns;
  if (HEX.test(value)) return true;
  if (value.length < PLAIN_CHARS_MIN && !(says === 'secret' && assigns)) return false;
  return looksDrawn(value) && (says === 'secret' || value.split(/[-_/]/).some((piece) => MIXED_PIECE.test(piece)));
}

const WIDER = /[\w+/~%=.|-]/;

/** A value with what belongs to it although it is no part of a run: dots, escapes and base64's padding. */
function widened(text: string, start: number, end: number): Span {
  let last = end;
  while (last < text.length && last - end < CHARS_MAX && WIDER.test(text[last] ?? ' ')) last++;
  while (last > end && /[.|]/.test(text[last - 1] ?? ' ')) last--;
  return { start, end: last };
}
