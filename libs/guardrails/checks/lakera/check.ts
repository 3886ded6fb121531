import type { ExternalCheck, Verdict } from '../../check.js';
import { isSlug, ruleName, SERVICE_OPTIONS, SLUG_PROBLEM, timeoutProblem, unitsOf } from '../service-options.js';

/** Lakera Guard (docs.lakera.ai/docs/api/guard, November 2026): what counts is set by the policy of a project there. */
export const lakera: ExternalCheck = {
  type: 'lakera',
  kind: 'external',
  about:
    'Asks Lakera Guard: a model of the provider `lakera`, whose upstream id is the id of a project there, or `default`. Holds streams back to their end. Asked by gateways only.',
  directions: ['input', 'output'],
  options: { model: 'Slug of such a model. Required.', ...SERVICE_OPTIONS },
  problemWith: ({ model, timeoutMs }) => (isSlug(model) ? timeoutProblem(timeoutMs) : SLUG_PROBLEM),
  prepare: (config) => async (texts, outside, signal) => {
    const ask = async (text: string, index: number): Promise<readonly Verdict[]> => {
      const body = (upstreamModel: string): unknown => ({
        messages: [{ role: 'user', content: text }],
        breakdown: true,
        payload: true,
        ...(upstreamModel !== 'default' && { project_id: upstreamModel }),
      });
      const answer = await outside.askModel(config['model'] as string, { to: 'screening', body }, signal);
      return verdictsIn(answer, index, text);
    };
    return (await Promise.all(texts.map(ask))).flat();
  },
};

interface Match {
  readonly detector_type?: unknown;
  readonly start?: unknown;
  readonly end?: unknown;
}

interface Answer {
  readonly flagged?: unknown;
  readonly breakdown?: readonly { readonly detector_type?: unknown; readonly detected?: unknown }[];
  readonly payload?: readonly Match[];
}

/** Throws when the answer is no verdict. Detectors that say where they matched mean these places, others the whole text. */
function verdictsIn(answer: unknown, text: number, original: string): readonly Verdict[] {
  const { flagged, breakdown = [], payload = [] } = (answer ?? {}) as Answer;
  if (typeof flagged !== 'boolean') throw new TypeError('Lakera answered without a verdict');
  if (!flagged) return [];
  const placed = payload.filter(({ start, end }) => typeof start === 'number' && typeof end === 'number');
  const located = placed.map(({ detector_type, start, end }) => ({
    text,
    rule: ruleName(detector_type),
    start: unitsOf(original, start),
    end: unitsOf(original, end),
    confidence: 1,
  }));
  const elsewhere = breakdown.filter(
    ({ detected, detector_type }) =>
      detected === true && !placed.some((match) => match.detector_type === detector_type),
  );
  const whole = elsewhere.map(({ detector_type }) => ({
    text,
    rule: ruleName(detector_type),
    start: 0,
    end: original.length,
    confidence: 1,
  }));
  const verdicts = [...located, ...whole];
  return verdicts.length > 0 ? verdicts : [{ text, rule: 'flagged', start: 0, end: original.length, confidence: 1 }];
}
