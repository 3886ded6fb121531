import type { Author, Finding, LocalCheck } from '../../check.js';
import { Anchors } from '../../text/anchors.js';
import { decodedPassages } from './decoded.js';
import { foldText } from './folded-text.js';
import { SIGNALS, type Signal } from './signals/index.js';

const THRESHOLD = 1;
/** Signals that stand no farther apart than this many characters belong to one passage, and add up. */
const PASSAGE_CHARS = 1_600;
/** Longest match of a signal. */
const SIGNAL_CHARS_MAX = 420;
/** How much what is said counts by who says it. The system's own words are the operator's. */
const TRUST: Readonly<Record<Author, number>> = { system: 0, user: 1, assistant: 1, tool: 1.5 };
/** Whoever hides what he says has a reason. */
const HIDDEN = 1.5;

const BY_ANCHOR = SIGNALS.flatMap((signal) => signal.anchors.map((anchor) => ({ anchor, signal })));
const anchors = new Anchors(BY_ANCHOR.map(({ anchor }) => anchor));

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
  const hits = signalsIn(text, author, TRUST[author]);
  for (const { text: passage, start, end } of decodedPassages(text)) {
    for (const { name, weight } of signalsIn(passage, author, TRUST[author] * HIDDEN))
      hits.push({ name: `${name}-encoded`, weight, start, end });
  }
  return hits.sort((a, b) => a.start - b.start);
}

function signalsIn(original: string, author: Author, factor: number): Hit[] {
  const hits: Hit[] = [];
  const { text, originOf } = foldText(original);
  anchors.scan(text, (piece, at) => {
    const signal = BY_ANCHOR[piece]?.signal;
    if (!signal || (signal.indirect && author !== 'tool')) return;
    const end = matchEnd(signal, text, at);
    if (end !== null)
      hits.push({ name: signal.name, weight: signal.weight * factor, start: originOf(at), end: originOf(end - 1) + 1 });
  });
  return hits;
}

function matchEnd({ pattern }: Signal, text: string, at: number): number | null {
  if (at > 0 && /\w/.test(text[at] ?? '') && /\w/.test(text[at - 1] ?? '')) return null;
  pattern.lastIndex = at;
  return pattern.test(text) && pattern.lastIndex > at ? pattern.lastIndex : null;
}

/** The passages whose signals, each name counted once, reach the threshold: one finding each, named after its strongest signal. */
function passagesOver(threshold: number, hits: readonly Hit[]): readonly Finding[] {
  const findings: Finding[] = [];
  let first = 0;
  for (let last = 0; last < hits.length; last++) {
    const end = hits[last]?.start ?? 0;
    while (end - (hits[first]?.start ?? 0) > PASSAGE_CHARS) first++;
    const passage = hits.slice(first, last + 1);
    const score = scoreOf(passage);
    if (score < threshold) continue;
    findings.push({
      rule: strongest(passage).name,
      start: passage[0]?.start ?? 0,
      end: Math.max(...passage.map((hit) => hit.end)),
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
