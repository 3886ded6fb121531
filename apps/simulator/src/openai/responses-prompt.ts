import { hear, type OutputFormat, type Prompt, sentencesForEffort, type Tool, type Turn } from '../answering/prompt.js';
import { elements, type Fields, fields, number, text, texts } from '../json.js';
import type { Memory } from '../memory.js';
import { readToolChoice } from './chat-prompt.js';
import { invalid, missing } from './errors.js';
import { checkInputItems } from './responses-rules.js';

const TOKENS_PER_IMAGE = 85;
const OUTPUT_TOKENS_MIN = 16;

const storedAs = (id: string): string => `openai-response ${id}`;

/** Keeps a conversation for a later `previous_response_id`. */
export function remember(memory: Memory, id: string, items: readonly unknown[]): void {
  memory.set(storedAs(id), items);
}

/** The conversation so far as items: what `previous_response_id` stands for, then `input`. Throws Refusal. */
export function readInputItems(request: Fields, memory: Memory): readonly Fields[] {
  if (text(request['model']) === undefined) throw missing('model');
  const { input } = request;
  if (input === undefined) throw missing('input');
  const items = typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : elements(input);
  const all = [...earlierItems(request, memory), ...items].map(fields);
  checkInputItems(all);
  return all;
}

function earlierItems(request: Fields, memory: Memory): readonly unknown[] {
  const id = text(request['previous_response_id']);
  if (id === undefined) return [];
  const items = memory.get(storedAs(id));
  if (items === undefined)
    throw invalid(
      `Previous response with id '${id}' not found.`,
      'previous_response_id',
      'previous_response_not_found',
    );
  return elements(items);
}

export function readResponsesPrompt(request: Fields, input: readonly Fields[]): Prompt {
  const tools = elements(request['tools'])
    .map(fields)
    .filter(({ type }) => type === 'function')
    .map(readTool);
  const instructions: Turn = { speaker: 'system', texts: texts(request['instructions']), images: 0 };
  return {
    ...hear([instructions, ...input.flatMap(readTurn)], tools, TOKENS_PER_IMAGE),
    tools,
    toolChoice: readToolChoice(request['tool_choice'], tools),
    parallelTools: request['parallel_tool_calls'] !== false,
    output: readOutputFormat(fields(fields(request['text'])['format'])),
    reasoningSentences: sentencesForEffort(text(fields(request['reasoning'])['effort'])),
    outputTokensMax: maxTokensOf(request),
    stopSequences: [],
    choices: 1,
  };
}

function maxTokensOf(request: Fields): number | null {
  const max = number(request['max_output_tokens']) ?? null;
  if (max !== null && max < OUTPUT_TOKENS_MIN)
    throw invalid(
      `Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${OUTPUT_TOKENS_MIN}, but got ${max} instead.`,
      'max_output_tokens',
      'integer_below_min_value',
    );
  return max;
}

function readTurn(item: Fields): readonly Turn[] {
  switch (item['type'] ?? 'message') {
    case 'message':
      return [readMessage(item)];
    case 'function_call':
      return [{ speaker: 'assistant', texts: [...texts(item['name']), ...texts(item['arguments'])], images: 0 }];
    case 'function_call_output':
      return [{ ...contentOf(item['output']), speaker: 'tool' }];
    default:
      return [];
  }
}

function readMessage(item: Fields): Turn {
  const role = text(item['role']);
  return { ...contentOf(item['content']), speaker: role === 'user' || role === 'assistant' ? role : 'system' };
}

function contentOf(content: unknown): Pick<Turn, 'texts' | 'images'> {
  if (typeof content === 'string') return { texts: [content], images: 0 };
  const parts = elements(content).map(fields);
  return {
    texts: parts.flatMap((part) => texts(part['text'] ?? part['refusal'])),
    images: parts.filter((part) => part['type'] === 'input_image').length,
  };
}

function readTool(tool: Fields, index: number): Tool {
  const name = text(tool['name']);
  if (name === undefined) throw missing(`tools[${index}].name`);
  return { name, parameters: fields(tool['parameters']) };
}

function readOutputFormat(format: Fields): OutputFormat {
  if (format['type'] === 'json_object') return { kind: 'json', schema: null };
  if (format['type'] !== 'json_schema') return { kind: 'text' };
  if (text(format['name']) === undefined) throw missing('text.format.name');
  return { kind: 'json', schema: fields(format['schema']) };
}
