import type { ExternalCheck, Verdict } from '../../check.js';
import {
  isSlug,
  type Piece,
  piecesOf,
  ruleName,
  SERVICE_OPTIONS,
  SLUG_PROBLEM,
  timeoutProblem,
} from '../service-options.js';

const SEVERITY = 4;
const SEVERITIES: readonly unknown[] = [2, 4, 6];
/** Longest text that the service takes, in characters. */
const CHARS_MAX = 10_000;
/** The model's id at the provider that stands for Prompt Shields. */
const SHIELD = 'text:shieldPrompt';

/**
 * Azure AI Content Safety (learn.microsoft.com/rest/api/contentsafety, 2024-09-01): harmful content by category and severity
 * (`text:analyze`), or attacks on the model (`text:shieldPrompt`), by the upstream id of the model that is named.
 */
export const azureContentSafety: ExternalCheck = {
  type: 'azure-content-safety',
  kind: 'external',
  about:
    'Asks Azure AI Content Safety: a model of the provider `azure-content-safety` with the upstream id `text:analyze` or `text:shieldPrompt`. Holds streams back to their end. Asked by gateways only.',
  directions: ['input', 'output'],
  options: {
    model: 'Slug of such a model. Required.',
    severity: `Severity from which a category counts, one of ${SEVERITIES.join(', ')}. Default: ${SEVERITY}.`,
    ...SERVICE_OPTIONS,
  },
  problemWith: ({ model, severity, timeoutMs }) => {
    if (!isSlug(model)) return SLUG_PROBLEM;
    if (severity !== undefined && !SEVERITIES.includes(severity))
      return `severity must be one of ${SEVERITIES.join(', ')}`;
    return timeoutProblem(timeoutMs);
  },
  prepare: (config) => {
    const severity = (config['severity'] as number | undefined) ?? SEVERITY;
    return async (texts, outside, signal) => {
      const ask = async (piece: Piece, text: number): Promise<readonly Verdict[]> => {
        const body = (upstreamModel: string): unknown =>
          upstreamModel === SHIELD
            ? { userPrompt: piece.text, documents: [] }
            : { text: piece.text, outputType: 'FourSeverityLevels' };
        const answer = await outside.askModel(config['model'] as string, { to: 'screening', body }, signal);
        return rulesIn(answer, severity).map((found) => ({
          ...found,
          text,
          start: piece.start,
          end: piece.start + piece.text.length,
        }));
      };
      const asked = texts.flatMap((text, index) => piecesOf(text, CHARS_MAX).map((piece) => ask(piece, index)));
      return (await Promise.all(asked)).flat();
    };
  },
};

interface Answer {
  readonly categoriesAnalysis?: readonly { readonly category?: unknown; readonly severity?: unknown }[];
  readonly userPromptAnalysis?: { readonly attackDetected?: unknown };
}

const SEVERITY_MAX = 6;

/** Throws when the answer is of neither kind: a service that does not say what it found has not inspected. */
function rulesIn(answer: unknown, least: number): readonly Pick<Verdict, 'rule' | 'confidence'>[] {
  const { categoriesAnalysis, userPromptAnalysis } = (answer ?? {}) as Answer;
  if (typeof userPromptAnalysis?.attackDetected === 'boolean')
    return userPromptAnalysis.attackDetected ? [{ rule: 'prompt-attack', confidence: 1 }] : [];
  if (!Array.isArray(categoriesAnalysis)) throw new TypeError('Azure AI Content Safety answered without an analysis');
  return categoriesAnalysis
    .filter(({ severity }) => Number(severity) >= least)
    .map(({ category, severity }) => ({
      rule: ruleName(category),
      confidence: Math.min(1, Number(severity) / SEVERITY_MAX),
    }));
}
