/*
 * Wire types of Bedrock's Converse API (docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html). Written
 * by hand: the SDK's types hold bytes where the wire holds base64.
 */
export type Bytes = { readonly bytes: string } | { readonly s3Location: { readonly uri: string } };
export type CachePoint = { readonly cachePoint: { readonly type: 'default'; readonly ttl?: '5m' | '1h' } };
export type ImageBlock = { readonly image: { readonly format: string; readonly source: Bytes } };
export type DocumentBlock = {
  readonly document: {
    readonly format: string;
    readonly name: string;
    readonly source: Bytes | { readonly text: string };
  };
};
export type ReasoningBlock = {
  readonly reasoningContent:
    | { readonly reasoningText: { readonly text: string; readonly signature?: string } }
    | { readonly redactedContent: string };
};
export type ToolUseBlock = {
  readonly toolUse: { readonly toolUseId: string; readonly name: string; readonly input: object };
};
export type ToolResultBlock = {
  readonly toolResult: {
    readonly toolUseId: string;
    readonly content: readonly ({ readonly text: string } | ImageBlock | DocumentBlock)[];
    readonly status?: 'success' | 'error';
  };
};
export type Block =
  | { readonly text: string }
  | ImageBlock
  | DocumentBlock
  | ReasoningBlock
  | ToolUseBlock
  | ToolResultBlock
  | CachePoint;

export type ToolEntry =
  | {
      readonly toolSpec: {
        readonly name: string;
        readonly description?: string;
        readonly inputSchema: { readonly json: object };
        readonly strict?: boolean;
      };
    }
  | CachePoint;

export type StopReason =
  | 'end_turn'
  | 'tool_use'
  | 'max_tokens'
  | 'stop_sequence'
  | 'guardrail_intervened'
  | 'content_filtered'
  | 'malformed_model_output'
  | 'malformed_tool_use'
  | 'model_context_window_exceeded';

export interface WireUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
  readonly cacheDetails?: readonly { readonly ttl: '5m' | '1h'; readonly inputTokens: number }[];
}

/** The request body. Model and streaming are in the URL. */
export interface RequestBody {
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: readonly Block[] }[];
  readonly system?: readonly ({ readonly text: string } | CachePoint)[];
  readonly inferenceConfig?: {
    readonly maxTokens?: number;
    readonly temperature?: number;
    readonly topP?: number;
    readonly stopSequences?: readonly string[];
  };
  readonly toolConfig?: {
    readonly tools: readonly object[];
    readonly toolChoice?:
      | { readonly auto: object }
      | { readonly any: object }
      | { readonly tool: { readonly name: string } };
  };
  readonly additionalModelRequestFields?: object;
  readonly outputConfig?: object;
  readonly requestMetadata?: Readonly<Record<string, string>>;
  readonly serviceTier?: { readonly type: string };
}
