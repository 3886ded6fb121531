import type { Author, Finding, LocalCheck } from '../../check.js';
import { foldText } from './folded-text.js';
import { type Hit, scoreOf, signalsOf } from './hits.js';
import { wordingOf } from './wording/model.js';

const THRESHOLD = 1;
/** Hits that stand no farther apart than this many characters belong to one passage, and add up. */
const PASSAGE_CHARS = 1_600;
/** Hits that are looked at together. */
const HITS_MAX = 200;
/** Longest match of a signal. */
const SIGNAL_CHARS_MAX = 420;

/** The wording's log-odds that are enough by themselves: what 2 % of ordinary prompts do not reach. */
const ENOUGH_LOG_ODDS = 2.25;
/** Of more blocks than these, one is worded oddly by chance the sooner the more there are: then it takes more to be enough. */
const FEW_BLOCKS = 4;
/** The most that wording may say for an attempt, and against one: signals stay what decides. */
const WORDING_MAX = 1.5;
const WORDING_MIN = -1.5;
/** Log-odds that count as much as a signal of weight 1. */
const LOG_ODDS_OF_SIGNAL = 4;
/** The rule of a finding without any signal: the words together are those of attempts. */
const WORDING = 'wording';

/** Attempts to take over the model: signals and wording add up within a passage, and signals count for more in results of tools and documents. */
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
      inspect: (text, { author }) => (author === 'system' ? [] : passagesOver(threshold, hitsIn(text, author))),
      holdFrom: (text) => Math.max(0, text.length - PASSAGE_CHARS - SIGNAL_CHARS_MAX),
    };
  },
};

/**
 * The hits of a text, in the order of their places: its signals and how it is worded. What a model says is judged by its signals
 * alone: it is the answer to a prompt, and the wording was learned from prompts.
 */
function hitsIn(text: string, author: Author): readonly Hit[] {
  const folded = foldText(text);
  const hits = signalsOf(text, folded, author);
  if (author !== 'assistant') {
    const blocks = wordingOf(folded.text);
    const enough = ENOUGH_LOG_ODDS + Math.log(Math.max(1, blocks.length / FEW_BLOCKS));
    for (const { start, end, logOdds } of blocks) {
      const weight = 1 + (logOdds - enough) / LOG_ODDS_OF_SIGNAL;
      const bounded = Math.max(WORDING_MIN, Math.min(WORDING_MAX, weight));
      hits.push({ name: WORDING, weight: bounded, start: folded.originOf(start), end: folded.originOf(end - 1) + 1 });
    }
  }
  return hits.sort((a, b) => a.start - b.start);
}

/** The passages whose hits reach the threshold: one finding each, named after its strongest signal. */
function passagesOver(threshold: number, hits: readonly Hit[]): readonly Finding[] {
  // What all hits of the text come to, wherever they stand, is the most that a passage can.
  if (scoreOf(hits.filter(({ weight }) => weight > 0)) < threshold) return NOTHING;
  const findings: Finding[] = [];
  let first = 0;
  for (let last = 0; last < hits.length; last++) {
    const at = hits[last]?.start ?? 0;
    while (at - (hits[first]?.start ?? 0) > PASSAGE_CHARS) first++;
    first = Math.max(first, last - HITS_MAX);
    if (scoreOf(hits.slice(first, last + 1)) < threshold) continue;
    while (last - first < HITS_MAX && (hits[last + 1]?.start ?? Number.POSITIVE_INFINITY) - at < SIGNAL_CHARS_MAX)
      last++;
    const passage = hits.slice(first, last + 1);
    const score = scoreOf(passage);
    const signals = passage.filter(({ name }) => name !== WORDING);
    const telling = signals.length > 0 ? signals : [strongest(passage)];
    findings.push({
      rule: strongest(telling).name,
      start: Math.min(...telling.map(({ start }) => start)),
      end: Math.max(...telling.map(({ end }) => end)),
      confidence: Math.min(1, score / (2 * threshold)),
    });
    first = last + 1;
  }
  return findings;
}

const NOTHING: readonly Finding[] = [];

const strongest = (hits: readonly Hit[]): Hit => hits.reduce((best, hit) => (hit.weight > best.weight ? hit : best));
