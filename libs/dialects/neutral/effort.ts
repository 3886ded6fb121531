import type { Reasoning } from './request.js';

export type Effort = NonNullable<Reasoning['effort']>;

/**
 * Tokens that an effort may think, for models that take a number where the client said a word. Each step about doubles;
 * `none` is 0. Our own choice: no vendor publishes such a table.
 */
export const BUDGET_OF_EFFORT: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 32_768,
  max: 65_536,
};

const ASCENDING = Object.entries(BUDGET_OF_EFFORT) as readonly (readonly [Effort, number])[];

/** The smallest effort that may think `budgetTokens`; a dynamic budget (negative, Gemini's -1) is `medium`. */
export function effortOfBudget(budgetTokens: number): Effort {
  if (budgetTokens < 0) return 'medium';
  return ASCENDING.find(([, budget]) => budget >= budgetTokens)?.[0] ?? 'max';
}
