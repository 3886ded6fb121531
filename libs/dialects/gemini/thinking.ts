import { BUDGET_OF_EFFORT, type Effort, effortOfBudget } from '../neutral/effort.js';
import type { Reasoning } from '../neutral/index.js';
import type { Traits } from './traits.js';
import type { WireThinking } from './types.js';

export interface EncodedThinking {
  readonly config?: WireThinking;
  /** Whether what the client said had no way into the request. */
  readonly lost: boolean;
}

type Level = 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH';

const LEVELS: Readonly<Record<Effort, readonly Level[]>> = {
  none: ['MINIMAL', 'LOW'],
  minimal: ['MINIMAL', 'LOW'],
  low: ['LOW'],
  medium: ['MEDIUM', 'HIGH'],
  high: ['HIGH'],
  xhigh: ['HIGH'],
  max: ['HIGH'],
};

/**
 * Thinking for a model of these traits. Efforts become budgets by `BUDGET_OF_EFFORT`, within the model's range, or the
 * nearest level that it has. `lost` when it cannot think, or cannot stop thinking.
 */
export function encodeThinking(reasoning: Reasoning | undefined, { thinking }: Traits): EncodedThinking {
  if (!reasoning) return { lost: false };
  const { effort, budgetTokens, visible } = reasoning;
  const off = effort === 'none' || budgetTokens === 0;
  const shown = visible === undefined ? {} : { includeThoughts: visible };
  switch (thinking.by) {
    case 'none':
      return { lost: !off };
    case 'budget': {
      if (off) return { config: { thinkingBudget: thinking.canBeOff ? 0 : thinking.min }, lost: !thinking.canBeOff };
      const asked = budgetTokens ?? (effort === undefined ? -1 : BUDGET_OF_EFFORT[effort]);
      const budget = asked < 0 ? -1 : Math.min(Math.max(asked, thinking.min), thinking.max);
      return { config: { ...shown, thinkingBudget: budget }, lost: false };
    }
    case 'level': {
      const wanted = budgetTokens === undefined ? effort : effortOfBudget(budgetTokens);
      if (wanted === undefined) return { config: shown, lost: false };
      const level = LEVELS[wanted].find((name) => thinking.levels.includes(name));
      return { config: { ...shown, ...(level && { thinkingLevel: level }) }, lost: off };
    }
  }
}
