import type { ExternalCheck, Verdict } from '../../check.js';
import { ruleName, SERVICE_OPTIONS, score, serviceProblem, unitsOf } from '../service-options.js';

const SCORE = 0.5;

/** Microsoft Presidio's analyzer (microsoft.github.io/presidio/api-docs, `POST /analyze`), for names and places in running text. */
export const presidio: ExternalCheck = {
  type: 'presidio',
  kind: 'external',
  about: 'Asks a Presidio analyzer about personal data. Holds streams back to their end.',
  directions: ['input', 'output'],
  options: {
    url: 'Base URL of the analyzer, http or https. Required.',
    language: 'Language of the texts, ISO 639-1. Default: en.',
    threshold: `Score from which a result counts, 0–1. Default: ${SCORE}.`,
    ...SERVICE_OPTIONS,
  },
  problemWith: (config) => {
    const { language, threshold } = config;
    if (language !== undefined && !(typeof language === 'string' && /^[a-z]{2}$/.test(language)))
      return 'language must be two letters';
    if (threshold !== undefined && !(typeof threshold === 'number' && threshold >= 0 && threshold <= 1))
      return 'threshold must be a number of 0 to 1';
    return serviceProblem(config);
  },
  prepare: (config) => {
    const url = `${String(config['url']).replace(/\/+$/, '')}/analyze`;
    const language = (config['language'] as string | undefined) ?? 'en';
    const score_threshold = (config['threshold'] as number | undefined) ?? SCORE;
    return async (texts, outside, signal) => {
      const answers = await Promise.all(
        texts.map((text) => outside.postJson(url, { text, language, score_threshold }, signal)),
      );
      return answers.flatMap((answer, text) => verdictsIn(answer, text, texts[text] ?? ''));
    };
  },
};

/** Presidio counts code points; we count UTF-16 units. */
function verdictsIn(answer: unknown, text: number, original: string): readonly Verdict[] {
  if (!Array.isArray(answer)) throw new TypeError('Presidio answered no list');
  return answer.map((result: Readonly<Record<string, unknown>>) => ({
    text,
    rule: ruleName(result['entity_type']),
    start: unitsOf(original, result['start']),
    end: unitsOf(original, result['end']),
    confidence: score(result['score'], 1),
  }));
}
