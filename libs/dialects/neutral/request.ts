/** A JSON object as it came off the wire: unknown until looked at. */
export type JsonObject = { readonly [key: string]: unknown };

/** Which wire format something belongs to. */
export type DialectId =
  | 'openai-chat'
  | 'openai-completions'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'gemini'
  | 'bedrock-converse'
  | 'cohere-chat';

/** Where bytes are. `id` is a provider's own file id and means something only to the dialect it came from. */
export type Source =
  | { readonly kind: 'url'; readonly url: string; readonly mediaType?: string }
  | { readonly kind: 'base64'; readonly mediaType: string; readonly data: string }
  | { readonly kind: 'id'; readonly id: string; readonly dialect: DialectId; readonly mediaType?: string };

/** A mark that the prompt up to here should be kept in the provider's prompt cache. */
export interface CacheMark {
  readonly life: '5m' | '1h';
}

export interface Citation {
  readonly text?: string;
  readonly url?: string;
  readonly title?: string;
  /** Character range in the part's text that the citation supports. */
  readonly start?: number;
  readonly end?: number;
  /** The original, for a surface that speaks the same dialect. */
  readonly raw: { readonly dialect: DialectId; readonly value: unknown };
}

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  readonly citations?: readonly Citation[];
  readonly cache?: CacheMark;
}
export interface ImagePart {
  readonly type: 'image';
  readonly source: Source;
  readonly detail?: string;
  readonly cache?: CacheMark;
}
export interface FilePart {
  readonly type: 'file';
  readonly source: Source;
  readonly name?: string;
  readonly cache?: CacheMark;
}
export interface AudioPart {
  readonly type: 'audio';
  readonly source: Source;
  readonly transcript?: string;
  readonly id?: string;
  readonly expiresAtSec?: number;
}
export interface RefusalPart {
  readonly type: 'refusal';
  readonly text: string;
}
export interface ToolCallPart {
  readonly type: 'tool-call';
  readonly id: string;
  readonly name: string;
  /** JSON text as the model wrote it; `{}` when the model gave none. */
  readonly arguments: string;
  /** Proof of the reasoning that led here, where a dialect attaches one to the call (Gemini). */
  readonly signature?: string;
  readonly cache?: CacheMark;
}
export interface ToolResultPart {
  readonly type: 'tool-result';
  readonly callId: string;
  readonly name?: string;
  readonly content: readonly (TextPart | ImagePart | FilePart)[];
  readonly failed?: boolean;
  readonly cache?: CacheMark;
}
/** Thinking. `signature` or `encrypted` must come back unchanged on the next turn to the dialect that made it. */
export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly text: string;
  readonly id?: string;
  readonly signature?: string;
  readonly encrypted?: string;
  readonly dialect: DialectId;
}
/** Something only one dialect knows (a server-side tool's block, say): kept whole for a surface of the same dialect. */
export interface OpaquePart {
  readonly type: 'opaque';
  readonly dialect: DialectId;
  readonly value: unknown;
}

export type Part =
  | TextPart
  | ImagePart
  | FilePart
  | AudioPart
  | RefusalPart
  | ToolCallPart
  | ToolResultPart
  | ReasoningPart
  | OpaquePart;

export interface Message {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  readonly parts: readonly Part[];
  readonly name?: string;
  /** Fields of the message that have no neutral place, by their wire name. */
  readonly rest?: JsonObject;
}

export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments; absent means no arguments. */
  readonly parameters?: JsonObject;
  readonly strict?: boolean;
  readonly cache?: CacheMark;
}

/** A tool that the provider itself runs (web search, code execution): known only to its own dialect. */
export interface ServerTool {
  readonly dialect: DialectId;
  readonly value: JsonObject;
}

export type ToolChoice =
  | { readonly kind: 'auto' | 'none' | 'required' }
  | { readonly kind: 'tool'; readonly name: string };

export type OutputFormat =
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | {
      readonly kind: 'json-schema';
      readonly name: string;
      readonly schema: JsonObject;
      readonly strict: boolean;
      readonly description?: string;
    };

export interface Reasoning {
  readonly effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';
  /** Tokens the model may think; an effort and a budget are never both set by one dialect. */
  readonly budgetTokens?: number;
  /** Whether the client wants to see the thinking (a summary, where the provider gives only that). */
  readonly visible?: boolean;
}

/** One request to a chat model, in no vendor's words. Absent = the client did not say. */
export interface ChatRequest {
  readonly dialect: DialectId;
  /** What the client sent as model. */
  readonly model: string;
  readonly stream: boolean;
  /** Whether the client asked for usage at the end of a stream (always true in dialects that always send it). */
  readonly streamUsage: boolean;
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[];
  readonly serverTools?: readonly ServerTool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly output?: OutputFormat;
  readonly reasoning?: Reasoning;
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  /** Number of answers wanted. */
  readonly n?: number;
  readonly logprobs?: { readonly top: number };
  readonly audio?: { readonly voice: string; readonly format: string };
  readonly endUser?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly serviceTier?: string;
  /** Wire name of a field that only its own dialect can honour and without which the request means something else: stored state, say. */
  readonly boundBy?: string;
  /** Fields the decoder saw and has no neutral place for, by their wire name; dropped (and said so) when translated. */
  readonly rest: JsonObject;
}
