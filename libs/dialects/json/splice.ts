/** Where a member of the top-level object stands in the text: indices of its key and its value, end exclusive. */
interface Span {
  readonly key: string;
  readonly keyStart: number;
  readonly start: number;
  readonly end: number;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Index after the string that opens at `open`. Jumps from quote to quote, so that megabytes of base64 cost one search. */
function stringEnd(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return close + 1;
  }
  return text.length;
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

function skipSpace(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Index after the value that begins at `from`. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = stringEnd(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (code === 44 || isSpace(code))) return at;
    at += 1;
  }
  return text.length;
}

/** Members of the top-level object in order, duplicates too. `text` must be valid JSON and an object. */
function* members(text: string): Generator<Span> {
  let at = skipSpace(text, text.indexOf('{') + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = stringEnd(text, at);
    const key = text.slice(at, keyEnd);
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = valueEnd(text, start);
    yield { key: key.includes('\\') ? (JSON.parse(key) as string) : key.slice(1, -1), keyStart: at, start, end };
    const comma = skipSpace(text, end);
    at = text.charCodeAt(comma) === 44 ? skipSpace(text, comma + 1) : comma;
  }
}

/**
 * The first key that the top-level object in this valid JSON text gives twice. Parsers differ on which one counts: who checked
 * one of them would let a provider act on the other.
 */
export function repeatedKey(text: string): string | undefined {
  const seen = new Set<string>();
  for (const { key } of members(text)) {
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return undefined;
}

/**
 * Sets members of the top-level object in JSON text, or takes them out where the value is undefined, and leaves every other
 * byte as it is. A key that is not there is added in front. Where one is there twice both are set.
 */
export function spliceMembers(text: string, values: Readonly<Record<string, unknown>>): string {
  const missing = new Set(Object.keys(values).filter((key) => values[key] !== undefined));
  let out = '';
  let copied = 0;
  for (const { key, keyStart, start, end } of members(text)) {
    if (!Object.hasOwn(values, key)) continue;
    if (values[key] === undefined) {
      const comma = skipSpace(text, end);
      const last = text.charCodeAt(comma) !== 44;
      out += text.slice(copied, keyStart);
      if (last) out = withoutComma(out);
      copied = last ? end : comma + 1;
      continue;
    }
    missing.delete(key);
    out += text.slice(copied, start) + JSON.stringify(values[key]);
    copied = end;
  }
  const spliced = out + text.slice(copied);
  if (missing.size === 0) return spliced;
  const open = spliced.indexOf('{') + 1;
  const added = [...missing].map((key) => `${JSON.stringify(key)}:${JSON.stringify(values[key])}`).join(',');
  const comma = spliced.charCodeAt(skipSpace(spliced, open)) === 125 ? '' : ',';
  return spliced.slice(0, open) + added + comma + spliced.slice(open);
}

/** What comes before the last member, when that member goes. */
function withoutComma(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith(',') ? trimmed.slice(0, -1) : text;
}
