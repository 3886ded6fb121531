import type { Finding, LocalCheck } from '../../check.js';
import type { CheckConfig } from '../../guardrail.js';
import { WordList } from '../../text/word-list.js';

const TOPICS_MAX = 50;
const KEYWORDS_MAX = 1_000;
const KEYWORD_CHARS_MAX = 100;

type Topics = Readonly<Record<string, readonly string[]>>;
const topicsOf = (config: CheckConfig): Topics => config['topics'] as Topics;

/** Subjects that are not to be talked about, by lists of keywords that stand as whole words, in any case. */
export const topics: LocalCheck = {
  type: 'topics',
  kind: 'local',
  about: 'Finds subjects by keywords, as whole words in any case.',
  directions: ['input', 'output'],
  options: {
    topics: `An object: name of the topic → 1–${KEYWORDS_MAX} keywords of 1–${KEYWORD_CHARS_MAX} characters; up to ${TOPICS_MAX} topics. Required.`,
    minMatches:
      'Different keywords of a topic that a text must have, an integer of 1–20. More than 1 judges whole texts. Default: 1.',
  },
  problemWith: ({ topics: named, minMatches }) => {
    if (named === null || typeof named !== 'object' || Array.isArray(named)) return 'topics must be an object of lists';
    const lists = Object.entries(named);
    if (lists.length === 0 || lists.length > TOPICS_MAX) return `topics must name 1 to ${TOPICS_MAX} topics`;
    for (const [name, keywords] of lists) {
      if (!/^[\w-]{1,64}$/.test(name)) return 'topics must have names of letters, digits, - and _';
      if (
        !Array.isArray(keywords) ||
        keywords.length === 0 ||
        keywords.length > KEYWORDS_MAX ||
        !keywords.every(isKeyword)
      )
        return `topics.${name} must be 1 to ${KEYWORDS_MAX} strings of 1 to ${KEYWORD_CHARS_MAX} characters with a letter in each`;
    }
    const counted =
      minMatches === undefined ||
      (Number.isInteger(minMatches) && (minMatches as number) >= 1 && (minMatches as number) <= 20);
    return counted ? null : 'minMatches must be an integer of 1 to 20';
  },
  prepare: (config) => {
    const minMatches = (config['minMatches'] as number | undefined) ?? 1;
    const keywords = Object.entries(topicsOf(config)).flatMap(([topic, words]) =>
      words.map((word) => ({ topic, word })),
    );
    const list = new WordList(keywords.map(({ word }) => word));
    return {
      inspect: (text) => {
        const found = list.findIn(text).map(({ phrase, start, end }): Finding & { readonly phrase: number } => ({
          phrase,
          rule: keywords[phrase]?.topic ?? '',
          start,
          end,
          confidence: 1,
        }));
        return minMatches === 1 ? found : often(found, minMatches);
      },
      holdFrom: (text) => Math.max(0, text.length - list.longestChars - 1),
      wholeOnly: minMatches > 1,
    };
  },
};

const isKeyword = (keyword: unknown): boolean =>
  typeof keyword === 'string' && keyword.length <= KEYWORD_CHARS_MAX && /[\p{L}\p{N}]/u.test(keyword);

/** The findings of the topics that have so many different keywords in the text. */
function often(found: readonly (Finding & { readonly phrase: number })[], minMatches: number): readonly Finding[] {
  const phrases = new Map<string, Set<number>>();
  for (const { rule, phrase } of found) phrases.set(rule, (phrases.get(rule) ?? new Set()).add(phrase));
  return found.filter(({ rule }) => (phrases.get(rule)?.size ?? 0) >= minMatches);
}
