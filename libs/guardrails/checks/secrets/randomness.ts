/** Shannon entropy of a text's characters, in bits per character (0–7). */
export function entropyOf(text: string): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length);
  return entropy;
}

const PLACEHOLDER =
  /example|sample|dummy|(?:^|[_-])fake|(?:^|[_-])mock|not.?(?:a.)?real|placeholder|redacted|change.?me|replace|insert|^your|[_-]your|<|>|\$\{|\{\{|\$\(|\*{3}|\.{3}|…|x{5}|X{5}|0{8}|^1234567890$|^(.)\1+$/i;

/** Whether a value says of itself that it stands for another one. */
export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value);

enum Class {
  lower,
  upper,
  digit,
  other,
}

function classOf(code: number): Class {
  if (code >= 0x61 && code <= 0x7a) return Class.lower;
  if (code >= 0x41 && code <= 0x5a) return Class.upper;
  return code >= 0x30 && code <= 0x39 ? Class.digit : Class.other;
}

/**
 * Whether a value of at least 10 characters looks as if a machine had drawn it: letters and digits mixed all over, or letters
 * in an order that no language has; unlike words, names in source code, versions, dates and paths.
 */
export function looksDrawn(value: string): boolean {
  let digits = 0;
  let letters = 0;
  let turns = 0;
  let pairs = 0;
  let pronounceable = 0;
  let before: Class | undefined;
  let letterBefore = -1;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const now = classOf(code);
    const letter = now === Class.lower || now === Class.upper ? (code | 0x20) - 0x61 : -1;
    if (now === Class.digit) digits++;
    else if (letter >= 0) letters++;
    if (letter >= 0 && letterBefore >= 0) {
      pairs++;
      pronounceable += ((FOLLOWERS[letterBefore] as number) >>> letter) & 1;
    }
    if (at > 0 && now !== Class.other && before !== Class.other && (now === Class.digit) !== (before === Class.digit))
      turns++;
    before = now;
    letterBefore = letter;
  }
  if (letters < 2 || entropyOf(value) < (isHex(value) ? 2.6 : 3)) return false;
  if (digits >= 2 && turns >= 3 && turns / value.length >= TURNS) return true;
  return pairs >= PAIRS_MIN && pronounceable / pairs < PRONOUNCEABLE && (digits > 0 || pairs >= 2 * PAIRS_MIN);
}

const isHex = (value: string): boolean => /^[0-9a-f-]+$/i.test(value);

/** How often letters and digits take turns in what was drawn: at least this often per character. Names have few digits, at their ends. */
const TURNS = 0.14;
/** From so many pairs of letters on they tell words from what was drawn. */
const PAIRS_MIN = 8;
/** Of the pairs in words and names, a larger share is of those below; of pairs drawn at random, 41 %. */
const PRONOUNCEABLE = 0.76;

/** For every letter, the letters that follow it often in English prose and in names of source code, as bits. */
const FOLLOWERS: readonly number[] =
  'bcdgilmnprstuy aeijlorsuy acehiklortu acdegimorsuy acdeflmnprstvx aefilortuy aeghilnorstu aeiorstu acdefglmnoprstv aeiosuw aeinosu adeilostuy abeimopsu acdefgiknopstu bcdfklmnoprstuvw aehiloprstu lu acdegimnorstuvy acehiopstuw acehioprstuy abcdegilmnprst aeio aehinorst aceipty acdeiklmnoprst aeilouyz'
    .split(' ')
    .map((letters) => [...letters].reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) - 0x61)), 0));
