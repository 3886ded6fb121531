import {
  hear,
  type OutputFormat,
  type Prompt,
  sentencesForEffort,
  type Tool,
  type ToolChoice,
} from '../answering/prompt.js';
import { replyTo } from '../answering/reply.js';
import { elements, type Fields, fields, isObject, number, text, texts } from '../json.js';
import { readChatTurn } from '../openai/chat-prompt.js';
import type { Endpoint } from '../vendor.js';
import { chatBody, chatEvents } from './chat-answer.js';
import { mistralError } from './errors.js';
import { checkKnownFields, checkMessages, requireField } from './rules.js';

const TOKENS_PER_IMAGE = 256;

/** POST /chat/completions. https://docs.mistral.ai/api/endpoint/chat */
export const chatCompletions: Endpoint = {
  method: 'POST',
  path: /^\/chat\/completions$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, model, fault }) => {
    const request = fields(json);
    // Mistral's answer repeats the prefix that it was given.
    const replies = replyTo({ ...readPrompt(request), prefill: '' }, fault);
    const { usage } = replies;
    const options = { withUsage: !fault.noUsage };
    if (request['stream'] !== true) return { kind: 'json', body: chatBody(model, replies, options), usage };
    return {
      kind: 'stream',
      framing: 'sse',
      events: chatEvents(model, replies, options),
      failure: [{ data: JSON.stringify(mistralError(500).body), paced: false }],
      usage,
    };
  },
};

function readPrompt(request: Fields): Prompt {
  checkKnownFields(request);
  requireField(request, 'model');
  requireField(request, 'messages');
  const messages = checkMessages(request['messages']);
  const tools = elements(request['tools']).map((tool): Tool => {
    const definition = fields(fields(tool)['function']);
    return { name: text(definition['name']) ?? '', parameters: fields(definition['parameters']) };
  });
  return {
    ...hear(messages.map(readChatTurn), tools, TOKENS_PER_IMAGE),
    tools,
    toolChoice: readToolChoice(request['tool_choice']),
    parallelTools: request['parallel_tool_calls'] !== false,
    output: readOutputFormat(fields(request['response_format'])),
    reasoningSentences:
      request['prompt_mode'] === 'reasoning' ? 2 : sentencesForEffort(text(request['reasoning_effort'])),
    outputTokensMax: number(request['max_tokens']) ?? null,
    stopSequences: texts(request['stop']),
    choices: number(request['n']) ?? 1,
  };
}

function readToolChoice(choice: unknown): ToolChoice {
  if (choice === 'none') return { mode: 'none' };
  if (choice === 'any' || choice === 'required') return { mode: 'forced' };
  const name = isObject(choice) ? text(fields(choice['function'])['name']) : undefined;
  return name === undefined ? { mode: 'auto' } : { mode: 'forced', name };
}

function readOutputFormat(format: Fields): OutputFormat {
  if (format['type'] === 'json_object') return { kind: 'json', schema: null };
  if (format['type'] !== 'json_schema') return { kind: 'text' };
  return { kind: 'json', schema: fields(fields(format['json_schema'])['schema']) };
}
