import { BUDGET_OF_EFFORT, type Effort, effortOfBudget } from '../neutral/effort.js';
import type { Reasoning } from '../neutral/index.js';
import type { Traits } from './traits.js';

/** The API's floor for `budget_tokens`. */
const BUDGET_MIN = 1024;
/** Share of `max_tokens` that thinking may take at most, since the answer must fit beside it. */
const BUDGET_SHARE = 0.8;

/** `thinking` of the Messages API, and of `additionalModelRequestFields` on Bedrock. */
export type Thinking =
  | { type: 'disabled' }
  | { type: 'enabled'; budget_tokens: number }
  | { type: 'adaptive'; display?: 'summarized' | 'omitted' };

type WireEffort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

export interface EncodedThinking {
  readonly thinking?: Thinking;
  readonly effort?: WireEffort;
  /** Whether what the client said had no way into the request. */
  readonly lost: boolean;
}

const NOTHING: EncodedThinking = { lost: false };

/**
 * Thinking for a model of these traits. Effort → budget by `BUDGET_OF_EFFORT` for models that take a budget, the other way
 * for those that take an effort; `minimal` is their `low`, and an effort above what the model knows is its highest.
 * `lost` when the model cannot think, or not within `maxTokens`.
 */
export function encodeThinking(reasoning: Reasoning | undefined, traits: Traits, maxTokens: number): EncodedThinking {
  if (!reasoning) return NOTHING;
  const { effort, budgetTokens, visible } = reasoning;
  const off = effort === 'none' || budgetTokens === 0;
  if (traits.thinking === 'none') return { lost: !off };
  if (off) return { thinking: { type: 'disabled' }, lost: false };
  const display = visible === undefined ? {} : ({ display: visible ? 'summarized' : 'omitted' } as const);
  if (traits.thinking === 'budget') {
    const asked = budgetTokens !== undefined && budgetTokens > 0 ? budgetTokens : BUDGET_OF_EFFORT[effort ?? 'medium'];
    const budget = Math.min(Math.max(asked, BUDGET_MIN), Math.floor(maxTokens * BUDGET_SHARE));
    if (budget < BUDGET_MIN) return { lost: true };
    return { thinking: { type: 'enabled', budget_tokens: budget }, lost: false };
  }
  const wanted = budgetTokens === undefined ? effort : effortOfBudget(budgetTokens);
  return {
    thinking: { type: 'adaptive', ...display },
    ...(wanted === undefined ? {} : { effort: knownEffort(wanted, traits) }),
    lost: false,
  };
}

function knownEffort(effort: Effort, traits: Traits): WireEffort {
  switch (effort) {
    case 'none':
    case 'minimal':
      return 'low';
    case 'xhigh':
    case 'max':
      return traits.efforts.includes(effort) ? effort : 'high';
    default:
      return effort;
  }
}
