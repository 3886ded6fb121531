import type { Author, Finding, LocalCheck } from '../../check.js';
import { Anchors } from '../../text/anchors.js';
import { beginsWord, isWordChar } from '../../text/tokens.js';
import { decodedPassages, ROT13_WORDS, rot13 } from './decoded.js';
import { foldText } from './folded-text.js';
import { SIGNALS } from './signals/index.js';

const THRESHOLD = 1;
/** Signals that stand no farther apart than this many characters belong to one passage, and add up. */
const PASSAGE_CHARS = 1_600;
/** Signals that are looked at together. */
const HITS_MAX = 200;
/** Longest match of a signal. */
const SIGNAL_CHARS_MAX = 420;
/** How much what is said counts by who says it. The system's own words are the operator's. */
const TRUST: Readonly<Record<Author, number>> = { system: 0, user: 1, assistant: 1, tool: 1.5 };
/** Whoever hides what he says has a reason. */
const HIDDEN = 1.5;

const BY_ANCHOR = SIGNALS.flatMap((signal) => signal.anchors.map((anchor) => ({ anchor, signal })));
const anchors = new Anchors([...BY_ANCHOR.map(({ anchor }) => anchor), ...ROT13_WORDS]);

/** Attempts to take over the model: signals add up within a passage, and count for more in results of tools and documents. */
export const promptInjection: LocalCheck = {
  type: 'prompt-injection',
  kind: 'local',
  about: 'Finds attempts to take over the model, directly or through results of tools and documents.',
  directions: ['input', 'output'],
  options: {
    threshold: `Score from which a passage is found, a number of 0.2–5. Lower finds more. Default: ${THRESHOLD}.`,
  },
  problemWith: ({ threshold }) =>
    threshold === undefined || (typeof threshold === 'number' && threshold >= 0.2 && threshold <= 5)
      ? null
      : 'threshold must be a number of 0.2 to 5',
  prepare: (config) => {
    const threshold = (config['threshold'] as number | undefined) ?? THRESHOLD;
    return {
      inspect: (text, { author }) => (TRUST[author] === 0 ? [] : passagesOver(threshold, hitsIn(text, author))),
      holdFrom: (text) => Math.max(0, text.length - PASSAGE_CHARS - SIGNAL_CHARS_MAX),
    };
  },
};

interface Hit {
  readonly name: string;
  readonly weight: number;
  readonly start: number;
  readonly end: number;
}

/** The signals of a text, in the order of their places. */
function hitsIn(text: string, author: Author): readonly Hit[] {
  const { hits, turned } = signalsIn(text, author, TRUST[author]);
  const hidden = decodedPassages(text);
  if (turned) hidden.push({ text: rot13(text), start: 0, end: text.length });
  for (const { text: passage, start, end } of hidden) {
    for (const { name, weight } of signalsIn(passage, author, TRUST[author] * HIDDEN).hits)
      hits.push({ name: `${name}-encoded`, weight, start, end });
  }
  return hits.sort((a, b) => a.start - b.start);
}

/** The signals that show, and whether there are any that would in ROT13. */
function signalsIn(
  original: string,
  author: Author,
  factor: number,
): { readonly hits: Hit[]; readonly turned: boolean } {
  const { text, originOf } = foldText(original);
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

/** The passages whose signals, each name counted once, reach the threshold: one finding each, named after its strongest signal. */
function passagesOver(threshold: number, hits: readonly Hit[]): readonly Finding[] {
  const findings: Finding[] = [];
  let first = 0;
  for (let last = 0; last < hits.length; last++) {
    const at = hits[last]?.start ?? 0;
    while (at - (hits[first]?.start ?? 0) > PASSAGE_CHARS) first++;
    first = Math.max(first, last - HITS_MAX);
    const passage = hits.slice(first, last + 1);
    const score = scoreOf(passage);
    if (score < threshold) continue;
    findings.push({
      rule: strongest(passage).name,
      start: passage[0]?.start ?? 0,
      end: passage.reduce((end, hit) => Math.max(end, hit.end), 0),
      confidence: Math.min(1, score / (2 * threshold)),
    });
    first = last + 1;
  }
  return findings;
}

function scoreOf(passage: readonly Hit[]): number {
  const weights = new Map<string, number>();
  for (const { name, weight } of passage) weights.set(name, Math.max(weight, weights.get(name) ?? 0));
  let score = 0;
  for (const weight of weights.values()) score += weight;
  return score;
}

const strongest = (passage: readonly Hit[]): Hit =>
  passage.reduce((best, hit) => (hit.weight > best.weight ? hit : best));
