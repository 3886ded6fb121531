import { activeChecks, type CheckConfig, find } from '../index.js';

/** One check as the only one of a guardrail, for its spec. */
export const alone = (config: CheckConfig): ReturnType<typeof activeChecks> =>
  activeChecks([{ id: 'g', slug: 'g', applyTo: 'both', scope: {}, checks: [config] }], 'output', {
    teamPath: [],
    service: 's',
    route: null,
  });

/** The rules that a configuration finds in a text, in their order. */
export const rulesIn = (
  text: string,
  config: CheckConfig,
  author: 'user' | 'tool' | 'system' | 'assistant' = 'user',
): readonly string[] => find(text, alone(config), { at: 'output', author, offset: 0 }).map(({ record }) => record.rule);
