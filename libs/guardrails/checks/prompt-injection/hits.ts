import type { Author } from '../../check.js';
import { RareAnchors } from '../../text/anchors.js';
import { beginsWord, isWordChar } from '../../text/tokens.js';
import { decodedPassages, ROT13_WORDS, rot13 } from './decoded.js';
import { type FoldedText, foldText } from './folded-text.js';
import { SIGNALS } from './signals/index.js';

/** Something that a text does, and where. */
export interface Hit {
  readonly name: string;
  readonly weight: number;
  readonly start: number;
  readonly end: number;
}

/** How much what is said counts by who says it. The system's own words are the operator's. */
const TRUST: Readonly<Record<Author, number>> = { system: 0, user: 1, assistant: 1, tool: 1.5 };
/** Whoever hides what he says has a reason. */
const HIDDEN = 1.5;

const BY_ANCHOR = SIGNALS.flatMap((signal) => signal.anchors.map((anchor) => ({ anchor, signal })));
const anchors = new RareAnchors([...BY_ANCHOR.map(({ anchor }) => anchor), ...ROT13_WORDS]);

/** The signals of a text, also of what it says in code, in no order. */
export function signalsOf(original: string, folded: FoldedText, author: Author): Hit[] {
  const hidden = decodedPassages(original);
  const { hits, turned } = signalsIn(folded, author, TRUST[author]);
  if (turned) hidden.push({ text: rot13(original), start: 0, end: original.length });
  for (const { text: passage, start, end } of hidden) {
    for (const { name, weight } of signalsIn(foldText(passage), author, TRUST[author] * HIDDEN).hits)
      hits.push({ name: `${name}-encoded`, weight, start, end });
  }
  return hits;
}

/** The signals that show, and whether there are any that would in ROT13. */
function signalsIn(
  { text, originOf }: FoldedText,
  author: Author,
  factor: number,
): { readonly hits: Hit[]; readonly turned: boolean } {
  const hits: Hit[] = [];
  let turned = false;
  anchors.scan(text, (piece, at) => {
    const signal = BY_ANCHOR[piece]?.signal;
    turned ||= signal === undefined;
    if (!signal || (signal.indirect && author !== 'tool') || !beginsThere(text, at)) return;
    const { name, weight, pattern } = signal;
    pattern.lastIndex = at;
    if (pattern.test(text))
      hits.push({ name, weight: weight * factor, start: originOf(at), end: originOf(pattern.lastIndex - 1) + 1 });
  });
  return { hits, turned };
}

/** Not in the middle of a word, nor of a row of the same sign. */
const beginsThere = (text: string, at: number): boolean =>
  beginsWord(text, at) ? at === 0 || text[at] !== text[at - 1] : !isWordChar(text.charCodeAt(at));

/** What hits say together: each name once, with its greatest weight. */
export function scoreOf(hits: readonly Hit[]): number {
  const weights = new Map<string, number>();
  for (const { name, weight } of hits)
    weights.set(name, Math.max(weight, weights.get(name) ?? Number.NEGATIVE_INFINITY));
  let score = 0;
  for (const weight of weights.values()) score += weight;
  return score;
}
