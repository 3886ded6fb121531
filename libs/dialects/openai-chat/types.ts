import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionContentPart,
  ChatCompletionCreateParams,
  ChatCompletionMessage,
  ChatCompletionMessageFunctionToolCall,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import type { ReasoningEffort } from 'openai/resources/shared';

export type { CompletionUsage } from 'openai/resources/completions';
export type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionContentPart,
  ChatCompletionCreateParams,
  ChatCompletionMessageFunctionToolCall,
  ChatCompletionMessageParam,
  ReasoningEffort,
};

/** One piece of thinking as OpenRouter writes it, with what must come back: https://openrouter.ai/docs/guides/best-practices/reasoning-tokens */
export interface ReasoningDetail {
  readonly type: 'reasoning.text' | 'reasoning.summary' | 'reasoning.encrypted';
  readonly id?: string | null;
  /** Whose thinking it is, e.g. `anthropic-claude-v1`. */
  readonly format: string;
  readonly index: number;
  readonly text?: string;
  readonly summary?: string;
  readonly data?: string;
  readonly signature?: string | null;
}

/** Members that vendors of this dialect added to OpenAI's message, and that clients of theirs know. */
export interface Thinking {
  /** DeepSeek, xAI, Moonshot, vLLM. */
  reasoning_content?: string;
  /** OpenRouter; the only place for signatures and encrypted thinking. */
  reasoning_details?: readonly ReasoningDetail[];
}

/** Google's place for a thought signature on a call: https://ai.google.dev/gemini-api/docs/thought-signatures */
export interface SignedCall {
  extra_content?: { readonly google: { readonly thought_signature: string } };
}

export type Message = ChatCompletionMessage & Thinking;
export type Delta = ChatCompletionChunk.Choice.Delta &
  Thinking & {
    annotations?: Message['annotations'];
    audio?: {
      readonly id?: string;
      readonly data?: string;
      readonly transcript?: string;
      readonly expires_at?: number;
    };
  };
export type ToolCall = ChatCompletionMessageFunctionToolCall & SignedCall;
