import { TollgateError } from '#libs/core';
import type { ChatRequest, DialectId, Part } from './request.js';

/** What an encoder may have to leave out: a field of the request, a kind of part (`thinking`: a reasoning part), or a mark on one. */
export type Droppable =
  | keyof ChatRequest
  | Part['type']
  | 'thinking'
  | 'cache'
  | 'citations'
  | 'detail'
  | 'name'
  | 'failed'
  | 'strict'
  | 'signature';

const OPENAI: Partial<Record<Droppable, string>> = {
  serverTools: 'tools',
  toolChoice: 'tool_choice',
  parallelToolCalls: 'parallel_tool_calls',
  output: 'response_format',
  reasoning: 'reasoning_effort',
  maxOutputTokens: 'max_completion_tokens',
  topP: 'top_p',
  topK: 'top_k',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  endUser: 'user',
  serviceTier: 'service_tier',
  image: 'image_url',
  audio: 'audio',
  cache: 'cache_control',
  thinking: 'reasoning_content',
  'tool-call': 'tool_calls',
};

const RESPONSES: Partial<Record<Droppable, string>> = {
  ...OPENAI,
  output: 'text.format',
  reasoning: 'reasoning',
  maxOutputTokens: 'max_output_tokens',
  logprobs: 'top_logprobs',
  image: 'input_image',
  file: 'input_file',
  thinking: 'reasoning',
  'tool-call': 'function_call',
};

const ANTHROPIC: Partial<Record<Droppable, string>> = {
  serverTools: 'tools',
  toolChoice: 'tool_choice',
  parallelToolCalls: 'tool_choice.disable_parallel_tool_use',
  output: 'output_config.format',
  reasoning: 'thinking',
  maxOutputTokens: 'max_tokens',
  topP: 'top_p',
  topK: 'top_k',
  stop: 'stop_sequences',
  endUser: 'metadata.user_id',
  serviceTier: 'service_tier',
  file: 'document',
  cache: 'cache_control',
  failed: 'is_error',
  'tool-call': 'tool_use',
  'tool-result': 'tool_result',
};

const GEMINI: Partial<Record<Droppable, string>> = {
  serverTools: 'tools',
  toolChoice: 'toolConfig',
  output: 'generationConfig.responseSchema',
  reasoning: 'generationConfig.thinkingConfig',
  maxOutputTokens: 'generationConfig.maxOutputTokens',
  temperature: 'generationConfig.temperature',
  topP: 'generationConfig.topP',
  topK: 'generationConfig.topK',
  stop: 'generationConfig.stopSequences',
  seed: 'generationConfig.seed',
  presencePenalty: 'generationConfig.presencePenalty',
  frequencyPenalty: 'generationConfig.frequencyPenalty',
  n: 'generationConfig.candidateCount',
  logprobs: 'generationConfig.logprobs',
  audio: 'generationConfig.speechConfig',
  image: 'inlineData',
  file: 'fileData',
  metadata: 'labels',
  'tool-call': 'functionCall',
  'tool-result': 'functionResponse',
  thinking: 'thought',
  signature: 'thoughtSignature',
};

const NAMES: Partial<Record<DialectId, Partial<Record<Droppable, string>>>> = {
  'openai-chat': OPENAI,
  'openai-completions': OPENAI,
  'openai-responses': RESPONSES,
  'anthropic-messages': ANTHROPIC,
  gemini: GEMINI,
};

/** What the client calls this, in the dialect it speaks: for `x-tollgate-dropped-params` and strict refusals. */
export function wireName(dialect: DialectId, what: Droppable): string {
  return NAMES[dialect]?.[what] ?? what;
}

/**
 * Names of what only the client's own dialect has a place for: all of it is lost in another one. Throws `invalid_request` where
 * losing it would change what was asked.
 */
export function unknownTo(dialect: DialectId, request: ChatRequest): string[] {
  if (request.dialect === dialect) return [];
  if (request.boundBy !== undefined) {
    const message = `${request.boundBy}: only a model that speaks the same API itself can take this`;
    throw new TollgateError('invalid_request', message, { param: request.boundBy });
  }
  const names = new Set(Object.keys(request.rest));
  for (const { rest } of request.messages) for (const name of Object.keys(rest ?? {})) names.add(name);
  if (request.serverTools?.some((tool) => tool.dialect !== dialect)) {
    names.add(wireName(request.dialect, 'serverTools'));
  }
  return [...names];
}
