import type { ExternalCheck, Verdict } from '../../check.js';
import { isSlug, ruleName, SERVICE_OPTIONS, SLUG_PROBLEM, timeoutProblem } from '../service-options.js';

const CATEGORIES_MAX = 50;

/**
 * A moderation model of the organization's, asked as OpenAI's `/moderations` is
 * (platform.openai.com/docs/api-reference/moderations, November 2026), with that model's own credential: so any classifier
 * behind an OpenAI-compatible endpoint can be one.
 */
export const moderation: ExternalCheck = {
  type: 'moderation',
  kind: 'external',
  about: "Asks one of the organization's moderation models. Holds streams back to their end. Asked by gateways only.",
  directions: ['input', 'output'],
  options: {
    model: 'Slug of a model whose provider has moderations. Required.',
    categories: `Categories that count, up to ${CATEGORIES_MAX}, such as \`violence\`. Default: all.`,
    threshold: 'Score from which a category counts, 0–1. Default: what the model itself flags.',
    ...SERVICE_OPTIONS,
  },
  problemWith: ({ model, categories, threshold, timeoutMs }) => {
    if (!isSlug(model)) return SLUG_PROBLEM;
    if (threshold !== undefined && !(typeof threshold === 'number' && threshold >= 0 && threshold <= 1))
      return 'threshold must be a number of 0 to 1';
    const listed =
      categories === undefined ||
      (Array.isArray(categories) &&
        categories.length <= CATEGORIES_MAX &&
        categories.every((each) => typeof each === 'string'));
    return listed ? timeoutProblem(timeoutMs) : `categories must be up to ${CATEGORIES_MAX} strings`;
  },
  prepare: (config) => {
    const counts = countedBy(
      config['categories'] as readonly string[] | undefined,
      config['threshold'] as number | undefined,
    );
    return async (texts, outside, signal) => {
      const question = {
        to: 'moderations',
        body: (upstreamModel: string) => ({ model: upstreamModel, input: texts }),
      } as const;
      const { results } = ((await outside.askModel(config['model'] as string, question, signal)) ?? {}) as Answer;
      if (!Array.isArray(results) || results.length !== texts.length)
        throw new TypeError('the moderation does not answer for every text');
      return results.flatMap((result, text) => counts(result, text, texts[text]?.length ?? 0));
    };
  },
};

interface Answer {
  readonly results?: readonly Result[];
}

interface Result {
  readonly categories?: Readonly<Record<string, boolean>>;
  readonly category_scores?: Readonly<Record<string, number>>;
}

const countedBy =
  (categories: readonly string[] | undefined, threshold: number | undefined) =>
  (result: Result, text: number, length: number): readonly Verdict[] => {
    const { categories: flagged = {}, category_scores: scores = {} } = result;
    return Object.keys({ ...flagged, ...scores })
      .filter((name) => categories === undefined || categories.includes(name))
      .filter((name) => (threshold === undefined ? flagged[name] === true : (scores[name] ?? 0) >= threshold))
      .map((name) => ({ text, rule: ruleName(name), start: 0, end: length, confidence: scores[name] ?? 1 }));
  };
