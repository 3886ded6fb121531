/*
 * Wire types of Cohere's chat API v2 (docs.cohere.com/reference/chat). Written by hand: the SDK's types spell the wire's
 * snake_case names in camelCase.
 */
export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'thinking'; readonly thinking: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string; readonly detail?: string } };

export interface WireCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

export interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content?: string | readonly ContentPart[];
  readonly tool_calls?: readonly WireCall[];
  readonly tool_plan?: string;
  readonly tool_call_id?: string;
}

export type WireFinish = 'COMPLETE' | 'STOP_SEQUENCE' | 'MAX_TOKENS' | 'TOOL_CALL' | 'ERROR' | 'TIMEOUT';

export interface RequestBody {
  readonly model: string;
  readonly messages: readonly WireMessage[];
  readonly stream?: boolean;
  readonly tools?: readonly object[];
  readonly tool_choice?: 'REQUIRED' | 'NONE';
  readonly strict_tools?: boolean;
  readonly response_format?: { readonly type: 'json_object'; readonly json_schema?: object };
  readonly thinking?: { readonly type: 'enabled' | 'disabled'; readonly token_budget?: number };
  readonly max_tokens?: number;
  readonly temperature?: number;
  readonly p?: number;
  readonly k?: number;
  readonly seed?: number;
  readonly stop_sequences?: readonly string[];
  readonly presence_penalty?: number;
  readonly frequency_penalty?: number;
}
