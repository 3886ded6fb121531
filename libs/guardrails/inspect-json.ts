import type { FindingRecord } from '#libs/messages';
import type { Author } from './check.js';
import { type Action, actionOf, find, inOrder, type Located, redact, strictest } from './inspect.js';
import type { Placeholders } from './placeholders.js';
import type { ActiveCheck } from './policy.js';
import { walk } from './walk.js';

export interface Inspected<T> {
  readonly action: Action;
  readonly findings: readonly FindingRecord[];
  /** The value itself when nothing was redacted, else a copy with placeholders. */
  readonly value: T;
}

/** What services found, by the path of the text that they found it in. */
export type FoundOutside = ReadonlyMap<string, readonly Located[]>;

export interface InspectOptions {
  /** Keeps what reversible redaction takes out; without it all redaction is for good. */
  readonly placeholders?: Placeholders;
  readonly outside?: FoundOutside;
  /** Who speaks where nothing says so. Default: the user. */
  readonly author?: Author;
}

/** Inspects every string of a request or answer; see `walk`. */
export function inspectJson<T>(
  value: T,
  active: readonly ActiveCheck[],
  at: string,
  { placeholders, outside, author = 'user' }: InspectOptions = {},
): Inspected<T> {
  if (active.length === 0) return { action: 'allow', findings: [], value };
  const findings: FindingRecord[] = [];
  let action: Action = 'allow';
  const inspected = walk(value, at, author, (text, path, speaker) => {
    let located = find(text, active, { at: path, author: speaker, offset: 0 });
    const others = outside?.get(path);
    if (others) located = [...located, ...others].sort(inOrder);
    if (located.length === 0) return text;
    for (const { record } of located) {
      findings.push(record);
      action = strictest(action, actionOf(record));
    }
    return redact(text, located, placeholders);
  });
  return { action, findings, value: inspected };
}
