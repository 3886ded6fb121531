import type { Fields } from '../json.js';

export interface Tool {
  readonly name: string;
  /** JSON schema of its arguments. */
  readonly parameters: Fields;
}

export type ToolChoice =
  | { readonly mode: 'auto' }
  | { readonly mode: 'none' }
  /** Must call `name`, or the first tool when no name is given. */
  | { readonly mode: 'forced'; readonly name?: string };

export type OutputFormat =
  | { readonly kind: 'text' }
  /** `schema` null: any JSON object. */
  | { readonly kind: 'json'; readonly schema: Fields | null };

/** What the simulator understood of a request, whichever vendor's format it came in. */
export interface Prompt {
  /** Every text the vendor would bill as input: system, turns, tool calls, tool results and tool definitions. */
  readonly billedTexts: readonly string[];
  /** Tokens billed for what is not text: images, files, audio. */
  readonly mediaTokens: number;
  /** Text of the last user turn. */
  readonly lastUserText: string;
  /** The results that the last turn brought, or none when a user spoke last. */
  readonly toolResults: readonly string[];
  /** The beginning of the answer, which the last turn brought; empty when it did not. */
  readonly prefill: string;
  readonly images: number;
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice;
  readonly parallelTools: boolean;
  readonly output: OutputFormat;
  /** Sentences of reasoning before the answer; 0 when none was asked for. */
  readonly reasoningSentences: number;
  readonly outputTokensMax: number | null;
  readonly stopSequences: readonly string[];
  readonly choices: number;
}

/** One turn of a conversation, as far as the answer depends on it. */
export interface Turn {
  readonly speaker: 'system' | 'user' | 'assistant' | 'tool';
  readonly texts: readonly string[];
  readonly images: number;
}

/** The part of a prompt that follows from the turns alone. */
export function hear(
  turns: readonly Turn[],
  tools: readonly Tool[],
  tokensPerImage: number,
): Pick<Prompt, 'billedTexts' | 'mediaTokens' | 'lastUserText' | 'toolResults' | 'prefill' | 'images'> {
  const images = turns.reduce((sum, turn) => sum + turn.images, 0);
  const last = turns.at(-1);
  const prefilled = last?.speaker === 'assistant';
  const asked = prefilled ? turns.slice(0, -1) : turns;
  const lastUser = asked.findLast((turn) => turn.speaker === 'user');
  const sinceAssistant = asked.slice(asked.findLastIndex((turn) => turn.speaker === 'assistant') + 1);
  return {
    billedTexts: [...turns.flatMap((turn) => turn.texts), ...tools.map((tool) => JSON.stringify(tool))],
    mediaTokens: images * tokensPerImage,
    lastUserText: lastUser?.texts.join('\n') ?? '',
    toolResults:
      asked.at(-1)?.speaker === 'tool'
        ? sinceAssistant.filter((turn) => turn.speaker === 'tool').flatMap((turn) => turn.texts)
        : [],
    prefill: prefilled ? last.texts.join('') : '',
    images,
  };
}

const EFFORTS: Readonly<Record<string, number>> = { none: 0, minimal: 0, low: 1, medium: 2, high: 3, xhigh: 4, max: 4 };

/** Sentences of reasoning for a vendor's effort word; an unknown word counts as medium. */
export function sentencesForEffort(effort: string | undefined): number {
  return effort === undefined ? 0 : (EFFORTS[effort.toLowerCase()] ?? 2);
}
