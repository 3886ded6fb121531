import { traitsOf } from './claude/traits.js';
import type { DialectId } from './neutral/index.js';

/**
 * What a model makes of a conversation that ends with an assistant's message. `continues`: it goes on from there.
 * `repeats`: its answer begins with that message again.
 */
export type Prefill = 'continues' | 'repeats';

export interface PrefillTarget {
  readonly dialect: DialectId;
  readonly provider: string;
  readonly upstreamModel: string;
}

/**
 * Whether an answer can be begun for a model, null when it cannot. Sources:
 * - Claude up to 4.5, wherever it runs; later ones answer 400: https://platform.claude.com/docs/en/about-claude/models/migration-guide.
 *   The text must not end in white space.
 * - Gemini: a last content of role `model` is continued: https://ai.google.dev/gemini-api/docs/prompting-strategies.
 * - Mistral: `prefix: true` on the last message, which the answer then begins with:
 *   https://docs.mistral.ai/capabilities/completion/. openai-chat sets it.
 * - Other vendors of OpenAI's dialect: nothing is promised. What is relied on is that models go on from a last assistant
 *   message, as servers of open models do by their chat templates, or else say it again from its start, which is recognised.
 */
export function prefillOf({ dialect, provider, upstreamModel }: PrefillTarget): Prefill | null {
  switch (dialect) {
    case 'anthropic-messages':
      return traitsOf(upstreamModel).prefill ? 'continues' : null;
    case 'bedrock-converse':
      return upstreamModel.includes('claude') && traitsOf(upstreamModel).prefill ? 'continues' : null;
    case 'gemini':
      return 'continues';
    case 'openai-chat':
      return provider === 'mistral' ? 'repeats' : 'continues';
    default:
      return null;
  }
}
