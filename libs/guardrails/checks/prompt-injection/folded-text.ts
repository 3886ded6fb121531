/** A text as it reads, and for every character of it where it stood. */
export interface FoldedText {
  readonly text: string;
  /** Where the character at a place stood in the original. */
  readonly originOf: (at: number) => number;
}

const PLAIN = /^[\t\n\r -~]*$/;
/** Characters that show nothing: soft hyphen, zero widths, directions, variation selectors, tags. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;
/** Letters of other scripts that look like Latin ones (Unicode's confusables, as far as words could be written with them). */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [
    ['аᴀɑα', 'a'],
    ['ьвβ', 'b'],
    ['сϲᴄ', 'c'],
    ['ԁ', 'd'],
    ['еёєε', 'e'],
    ['ғ', 'f'],
    ['ɡ', 'g'],
    ['һнʜ', 'h'],
    ['іїɩι', 'i'],
    ['јʝ', 'j'],
    ['кκ', 'k'],
    ['ӏⅼ', 'l'],
    ['мϻ', 'm'],
    ['пηո', 'n'],
    ['оοσօ', 'o'],
    ['рρ', 'p'],
    ['ԛ', 'q'],
    ['г', 'r'],
    ['ѕꜱ', 's'],
    ['тτ', 't'],
    ['υս', 'u'],
    ['ѵν', 'v'],
    ['ԝω', 'w'],
    ['хχ', 'x'],
    ['уγ', 'y'],
    ['ᴢ', 'z'],
  ].flatMap(([lookalikes = '', letter = '']) => [...lookalikes].map((each): [string, string] => [each, letter])),
);
const MARKS = /\p{M}/gu;

/** Folds case, compatibility forms (NFKC), accents, lookalikes and invisible characters away. */
export function foldText(original: string): FoldedText {
  if (PLAIN.test(original)) return { text: original.toLowerCase(), originOf: (at) => at };
  let text = '';
  const origins: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = character < '\u0080' ? character.toLowerCase() : foldCharacter(character);
    for (let unit = 0; unit < folded.length; unit++) origins.push(at);
    text += folded;
    at += character.length;
  }
  return { text, originOf: (place) => origins[place] ?? original.length };
}

function foldCharacter(character: string): string {
  if (INVISIBLE.test(character)) return '';
  const plain = character.normalize('NFKD').replace(MARKS, '').toLowerCase();
  return LOOKALIKES.get(plain) ?? plain;
}
