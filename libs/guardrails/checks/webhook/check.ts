import type { ExternalCheck, Verdict } from '../../check.js';
import { ruleName, SERVICE_OPTIONS, score, serviceProblem } from '../service-options.js';

/**
 * A service of the organization's own: gets `{ texts: […] }` and answers `{ findings: [{ text, rule, start?, end?, confidence? }] }`,
 * where `text` is an index into the texts and `start` and `end` are UTF-16 offsets; without them the whole text is meant.
 */
export const webhook: ExternalCheck = {
  type: 'webhook',
  kind: 'external',
  about: 'Asks a service of your own. Holds streams back to their end.',
  directions: ['input', 'output'],
  options: { url: 'Where the texts are posted, an http or https URL. Required.', ...SERVICE_OPTIONS },
  problemWith: serviceProblem,
  prepare: (config) => async (texts, outside, signal) =>
    verdictsIn(await outside.postJson(config['url'] as string, { texts }, signal), texts),
};

/** Throws when the answer is not one: a service that cannot say what it found has not inspected. */
function verdictsIn(answer: unknown, texts: readonly string[]): readonly Verdict[] {
  const { findings } = (answer ?? {}) as { readonly findings?: unknown };
  if (!Array.isArray(findings)) throw new TypeError('the service answered without findings');
  return findings.map((finding: Readonly<Record<string, unknown>>) => {
    const index = finding['text'];
    const text = typeof index === 'number' ? texts[index] : undefined;
    if (text === undefined) throw new TypeError('the service found something in a text that it was not asked about');
    const start = offset(finding['start'], 0, text);
    const end = offset(finding['end'], text.length, text);
    return {
      text: index as number,
      rule: ruleName(finding['rule']),
      start: Math.min(start, end),
      end,
      confidence: score(finding['confidence'], 1),
    };
  });
}

const offset = (value: unknown, fallback: number, { length }: string): number =>
  Number.isInteger(value) ? Math.min(Math.max(0, value as number), length) : fallback;
