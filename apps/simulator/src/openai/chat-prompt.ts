import {
  hear,
  type OutputFormat,
  type Prompt,
  sentencesForEffort,
  type Tool,
  type ToolChoice,
  type Turn,
} from '../answering/prompt.js';
import { elements, type Fields, fields, isObject, number, text, texts } from '../json.js';
import { checkChatMessages } from './chat-rules.js';
import { invalid, missing } from './errors.js';

/** What OpenAI bills for a low-detail image. */
const TOKENS_PER_IMAGE = 85;

/** Reads a chat request. Throws Refusal where OpenAI would answer 400. */
export function readChatPrompt(request: Fields): Prompt {
  if (text(request['model']) === undefined) throw invalid('you must provide a model parameter', null);
  if (request['messages'] === undefined) throw missing('messages');
  const messages = checkChatMessages(request['messages']);
  const maxTokens = maxTokensOf(request);
  const tools = elements(request['tools']).map(readTool);
  return {
    ...hear(messages.map(readChatTurn), tools, TOKENS_PER_IMAGE),
    tools,
    toolChoice: readToolChoice(request['tool_choice'], tools),
    parallelTools: request['parallel_tool_calls'] !== false,
    output: readOutputFormat(fields(request['response_format'])),
    reasoningSentences: sentencesForEffort(text(request['reasoning_effort'])),
    outputTokensMax: maxTokens,
    stopSequences: texts(request['stop']),
    choices: number(request['n']) ?? 1,
  };
}

function maxTokensOf(request: Fields): number | null {
  const old = number(request['max_tokens']);
  if (old !== undefined && /^(o[1-9]|gpt-5)/.test(text(request['model']) ?? ''))
    throw invalid(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
      'unsupported_parameter',
    );
  const max = number(request['max_completion_tokens']) ?? old ?? null;
  if (max !== null && max < 1)
    throw invalid(
      `Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got ${max} instead.`,
      'max_tokens',
      'integer_below_min_value',
    );
  return max;
}

/** One message: its texts as billed, and how many images it brings. */
export function readChatTurn(message: Fields): Turn {
  const parts = elements(message['content']).map(fields);
  const calls = elements(message['tool_calls']).map((call) => fields(fields(call)['function']));
  return {
    speaker: speakerOf(text(message['role'])),
    texts: [
      ...(typeof message['content'] === 'string' ? [message['content']] : []),
      ...parts.flatMap((part) => texts(part['text'] ?? part['refusal'])),
      ...calls.flatMap((call) => [...texts(call['name']), ...texts(call['arguments'])]),
    ],
    images: parts.filter((part) => part['type'] === 'image_url').length,
  };
}

function speakerOf(role: string | undefined): Turn['speaker'] {
  if (role === 'assistant' || role === 'user' || role === 'tool') return role;
  return role === 'function' ? 'tool' : 'system';
}

function readTool(tool: unknown, index: number): Tool {
  const definition = fields(fields(tool)['function']);
  const name = text(definition['name']);
  if (name === undefined) throw missing(`tools[${index}].function.name`);
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name))
    throw invalid(
      `Invalid 'tools[${index}].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
      `tools[${index}].function.name`,
      'invalid_value',
    );
  return { name, parameters: fields(definition['parameters']) };
}

/** Reads OpenAI's `tool_choice`, a word or the tool to call. */
export function readToolChoice(choice: unknown, tools: readonly Tool[]): ToolChoice {
  if (choice === undefined || choice === null) return { mode: 'auto' };
  if (tools.length === 0)
    throw invalid(
      "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
      'tool_choice',
    );
  if (choice === 'required' || choice === 'any') return { mode: 'forced' };
  if (choice === 'none') return { mode: 'none' };
  if (!isObject(choice)) return { mode: 'auto' };
  const name = text(fields(choice['function'])['name']) ?? text(choice['name']);
  if (!tools.some((tool) => tool.name === name))
    throw invalid(`Tool choice '${name}' not found in 'tools' parameter.`, 'tool_choice');
  return name === undefined ? { mode: 'forced' } : { mode: 'forced', name };
}

function readOutputFormat(format: Fields): OutputFormat {
  if (format['type'] === 'json_object') return { kind: 'json', schema: null };
  if (format['type'] !== 'json_schema') return { kind: 'text' };
  const definition = format['json_schema'];
  if (!isObject(definition)) throw missing('response_format.json_schema');
  if (text(definition['name']) === undefined) throw missing('response_format.json_schema.name');
  return { kind: 'json', schema: fields(definition['schema']) };
}
