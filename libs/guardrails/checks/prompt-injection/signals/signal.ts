/** Something that a text does to take over a model. */
export interface Signal {
  readonly name: string;
  /** What it adds to the score of a passage, once. 1 = enough by itself at the default threshold. */
  readonly weight: number;
  /** Fixed beginnings of the pattern, lower case, three characters or more; or what it contains, with `before` characters before. */
  readonly anchors: readonly string[];
  /** On folded text, at the anchor. Every repetition is bounded. */
  readonly pattern: RegExp;
  /** Told only where nobody vouches for the text: in results of tools and in documents. */
  readonly indirect?: true;
}

/**
 * Up to so many words, on one line. What may stand between words is in no word: were a sign in both, a row of it could be divided
 * in more ways than can be tried.
 */
export const GAP = (words: number): string => `(?:[^\\w\\n]{1,4}\\w{1,24}){0,${words + 1}}?[^\\w]{1,4}`;
/** Words for what was said before, or by whom. */
export const EARLIER =
  '(?:previous(?:ly)?|prior|above|earlier|preceding|initial|original|existing|former|foregoing|past|old|first|last|other|system|your|my|our|all|any|every(?:thing)?|these|those|the|developer|further|before|and)';
/** Words for what is to be followed. */
export const ORDERS =
  '(?:instruct\\w{0,6}|directions?|directives?|guid(?:elines?|ance)|prompts?|rules?|commands?|orders?|contexts?|constraints?|polic(?:y|ies)|restrictions?|limitations?|training|programming|messages?|conversations?|tasks?|assignments?|texts?|inputs?|sentences?|questions?|everything|all|safe(?:ty|guards?)\\w{0,8}|filters?|protocols?|principles|techniques|said|told|learned|written)';

/** A signal; `pattern` is the source of a sticky expression. */
export const signal = (name: string, weight: number, anchors: readonly string[], pattern: string): Signal => ({
  name,
  weight,
  anchors,
  pattern: new RegExp(pattern, 'y'),
});
/** As `signal`, where nobody vouches for the text. */
export const indirect = (name: string, weight: number, anchors: readonly string[], pattern: string): Signal => ({
  ...signal(name, weight, anchors, pattern),
  indirect: true,
});

/** The pieces of a list that is written with semicolons between. */
export const each = (list: string): readonly string[] => list.split(';');
