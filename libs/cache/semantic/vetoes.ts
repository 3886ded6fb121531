import { ASKED_BY, NEGATIONS, NUMBER_WORDS, OPPOSITES_OF, PLACELESS, TIMES, WEIGHTLESS } from './lexicon.js';
import { type Word, wordsOf } from './words.js';

/** Why two texts must not share an answer, however near their vectors are. */
export type Veto =
  | 'numbers'
  | 'times'
  | 'quotes'
  | 'code'
  | 'names'
  | 'negation'
  | 'asked'
  | 'opposites'
  | 'words'
  | 'order'
  | 'script';

/** What is compared of a text, so that one that is kept is read once. */
export interface Reading {
  readonly numbers: string;
  readonly times: string;
  readonly quotes: string;
  readonly code: string;
  readonly names: ReadonlySet<string>;
  readonly negations: number;
  readonly asked: string;
  /** Stems of the words that say what it is about, in their order. */
  readonly content: readonly string[];
  /** Of everything that has a place, weightless words too, in their order. */
  readonly sequence: readonly string[];
  readonly stems: ReadonlySet<string>;
  /** Whether the words are of a script that the word lists know. */
  readonly known: boolean;
}

const QUOTED = /"([^"\n]{1,200})"|“([^”\n]{1,200})”|«([^»\n]{1,200})»|(?<![\p{L}\d])'([^'\n]{2,200})'(?![\p{L}\d])/gu;
const CODE = /```[\s\S]*?```|`[^`\n]+`/g;
const CODE_WORD = /[_/@#<>=|^~*+&]|\d[a-z]|[a-z]\d|[a-z][A-Z]|\.[a-z]|::/;
const NUMBER = /^[\d.,:/-]*\d[\d.,:/-]*(?:st|nd|rd|th|%)?$/i;

const joined = (items: readonly string[]): string => items.toSorted().join('\u0000');

/** Reads a text for `vetoOf`. */
export function read(text: string): Reading {
  const words = wordsOf(text);
  const numbers: string[] = [];
  const times: string[] = [];
  const code: string[] = [];
  const names = new Set<string>();
  const content: string[] = [];
  const sequence: string[] = [];
  let negations = 0;
  const asked = new Set<number>();
  for (const word of words) {
    const lower = word.raw.toLowerCase();
    const number = NUMBER.test(word.raw) ? numberIn(word.raw) : NUMBER_WORDS.get(lower);
    // A number is the same in words and in digits.
    const stem = number ?? word.stem;
    if (!PLACELESS.has(stem)) sequence.push(stem);
    if (number !== undefined) numbers.push(number);
    else if (CODE_WORD.test(word.raw)) code.push(word.raw);
    if (TIMES.has(word.stem)) times.push(word.stem);
    if (NEGATIONS.has(lower)) negations += 1;
    const asks = ASKED_BY.get(lower);
    if (asks !== undefined) asked.add(asks);
    else if (!WEIGHTLESS.has(stem)) content.push(stem);
    if (isName(word)) names.add(word.stem);
  }
  return {
    numbers: joined(numbers),
    times: joined(times),
    quotes: joined([...text.matchAll(QUOTED)].map((match) => match.slice(1).find((part) => part !== undefined) ?? '')),
    code: joined([...(text.match(CODE) ?? []), ...code]),
    names,
    negations,
    asked: joined([...asked].map(String)),
    content,
    sequence,
    stems: new Set([...sequence, ...words.map(({ stem }) => stem)]),
    known: !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text),
  };
}

/** `1,000.50` and `1000.5` are one number. Dates, times and versions stay as they are written. */
function numberIn(raw: string): string {
  const plain = raw.replace(/(\d),(?=\d{3}\b)/g, '$1');
  const value = Number(plain);
  return Number.isFinite(value) ? String(value) : plain.toLowerCase();
}

/** A capital that no sentence asks for, or several of them. `I` is no name. */
const isName = ({ raw, opens }: Word): boolean =>
  (/^\p{Lu}/u.test(raw) && !opens && raw !== 'I') || /^\p{Lu}[\p{Lu}\d.&-]+$/u.test(raw);

/** The first reason against sharing, or null. */
export function vetoOf(a: Reading, b: Reading): Veto | null {
  if (!a.known || !b.known) return 'script';
  if (a.numbers !== b.numbers) return 'numbers';
  if (a.times !== b.times) return 'times';
  if (a.quotes !== b.quotes) return 'quotes';
  if (a.code !== b.code) return 'code';
  if (a.negations !== b.negations) return 'negation';
  if (a.asked !== b.asked) return 'asked';
  if (!within(a.names, b.stems) || !within(b.names, a.stems)) return 'names';
  if (opposed(a, b) || opposed(b, a)) return 'opposites';
  if (joined(a.content) !== joined(b.content)) return 'words';
  return sharedIn(a, b) === sharedIn(b, a) ? null : 'order';
}

const within = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  [...some].every((each) => all.has(each));

/** The words of one text that the other has too, in their order: who did what to whom. */
const sharedIn = (here: Reading, there: Reading): string =>
  here.sequence.filter((stem) => there.stems.has(stem)).join(' ');

/** A word here whose opposite is there, and not the word itself. */
function opposed(here: Reading, there: Reading): boolean {
  return here.content.some((word) => {
    if (there.stems.has(word)) return false;
    for (const opposite of OPPOSITES_OF.get(word) ?? []) if (there.stems.has(opposite)) return true;
    return false;
  });
}
