import type { Span } from './format.js';
import { entropyOf, isPlaceholder } from './randomness.js';

/** Words that say of the value beside them that it is a password, in lower case. */
export const PASSWORD_WORDS: readonly string[] = [
  'passw',
  'passphrase',
  'pwd',
  'passcode',
  '_pass',
  '-pass',
  'pass:',
  'pass=',
  'pass =',
  'pass"',
  "pass'",
];

/** From the announcing word over the rest of the name to the value: `word = "`, `Word': '`, `" value="`. */
const ASSIGNMENT =
  /[\w.\-\]]{0,30}(?: [\w-]{1,12})?(?:\\?["'`]|\])?(?:\s{0,3}(?:=>|:=|::?|={1,3}|\|\||\?=|,|->)|\s+(?:is|value)\s*[:=]?)\s{0,3}(\\?["'`])?(?=[^\s"'`])/y;
const QUOTED_VALUE = { '"': /[^"\s\\]{6,200}/y, "'": /[^'\s\\]{6,200}/y, '`': /[^`\s\\]{6,200}/y } as const;
const BARE = /[^\s"'`,;)<>]{6,100}/y;

/**
 * The password that a name announces, as in `password = "…"`, when the value looks like one: at least not a word, a call or a
 * reference.
 */
export function announcedPassword(text: string, at: number, word: string): Span | null {
  ASSIGNMENT.lastIndex = at + word.length;
  const assignment = ASSIGNMENT.exec(text);
  if (!assignment) return null;
  const start = ASSIGNMENT.lastIndex;
  const quote = assignment[1]?.at(-1) as keyof typeof QUOTED_VALUE | undefined;
  const pattern = quote ? QUOTED_VALUE[quote] : BARE;
  pattern.lastIndex = start;
  const value = pattern.exec(text)?.[0];
  if (value === undefined || isPlaceholder(value) || REFERENCE.test(value)) return null;
  const end = start + value.length;
  if (quote && text[end] !== quote && text[end] !== '\\') return null;
  return isMixed(value) ? { start, end } : null;
}

function isMixed(value: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((each) => each.test(value)).length;
  return classes >= 2 && /\d|[!@#$%^&*?~]/.test(value) && entropyOf(value) >= 2;
}

/** A value that stands for another one: a variable, a call, a path, a type, a template. */
const REFERENCE =
  /^[$%{<&#/][\w/.-]*$|^[${<]|[({[]|^(?:process|os|env|self|this|config|settings|args|req|request|ctx|data|null|none|true|false|string|str|undefined)\b|^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$|^\w*(?:pass(?:word|wd|phrase)|pwd)\w*$|^(?:https?|npm|file|workspace|link|data):|^u?(?:int|float)\d+\w*$|^\w+\\+[nrt]/i;
