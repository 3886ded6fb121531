import { hear, type OutputFormat, type Prompt, type Tool, type ToolChoice, type Turn } from '../answering/prompt.js';
import { elements, type Fields, fields, isObject, number, text, texts } from '../json.js';
import { invalid } from './errors.js';

/** https://docs.cohere.com/docs/image-inputs: a low-detail image. */
const TOKENS_PER_IMAGE = 256;
const STOP_SEQUENCES_MAX = 5;

/** Reads a chat request. Throws Refusal where Cohere would answer 400. */
export function readPrompt(request: Fields): Prompt {
  if (text(request['model']) === undefined) throw invalid('model is required');
  const messages = elements(request['messages']).map(fields);
  if (messages.length === 0) throw invalid('message must be at least 1 token long or tool results must be specified.');
  checkToolTurns(messages);
  checkRanges(request);
  const tools = elements(request['tools']).map(readTool);
  const output = readOutputFormat(fields(request['response_format']));
  if (output.kind === 'json' && tools.length > 0) throw invalid('response_format is not supported with tools');
  return {
    ...hear(messages.map(readTurn), tools, TOKENS_PER_IMAGE),
    tools,
    toolChoice: readToolChoice(request['tool_choice'], tools),
    parallelTools: true,
    output,
    reasoningSentences: fields(request['thinking'])['type'] === 'enabled' ? 2 : 0,
    outputTokensMax: number(request['max_tokens']) ?? null,
    stopSequences: texts(request['stop_sequences']),
    choices: 1,
  };
}

/** What is asked within other bounds elsewhere. */
function checkRanges(request: Fields): void {
  for (const [name, max] of [
    ['temperature', 1],
    ['p', 0.99],
    ['presence_penalty', 1],
    ['frequency_penalty', 1],
  ] as const) {
    const value = number(request[name]);
    if (value !== undefined && (value < 0 || value > max)) throw invalid(`${name} must be between 0 and ${max}`);
  }
  if (texts(request['stop_sequences']).length > STOP_SEQUENCES_MAX)
    throw invalid(`stop_sequences can have at most ${STOP_SEQUENCES_MAX} entries`);
}

function readTurn(message: Fields): Turn {
  const role = text(message['role']);
  const parts = elements(message['content']).map(fields);
  const calls = elements(message['tool_calls']).map((call) => fields(fields(call)['function']));
  return {
    speaker: role === 'assistant' || role === 'tool' || role === 'user' ? role : 'system',
    texts: [
      ...(typeof message['content'] === 'string' ? [message['content']] : []),
      ...parts.flatMap((part) => texts(part['text'] ?? part['thinking'] ?? fields(part['document'])['data'])),
      ...texts(message['tool_plan']),
      ...calls.flatMap((call) => [...texts(call['name']), ...texts(call['arguments'])]),
    ],
    images: parts.filter((part) => part['type'] === 'image_url').length,
  };
}

/** Every call is answered before anything else is said, and nothing is answered that was not called. */
function checkToolTurns(messages: readonly Fields[]): void {
  let owed = new Set<string>();
  for (const message of messages) {
    if (message['role'] === 'tool') {
      if (!owed.delete(text(message['tool_call_id']) ?? ''))
        throw invalid('cannot specify tool results without a matching tool call id in the previous message');
      continue;
    }
    if (owed.size > 0) throw invalid(`missing tool results for tool calls ${[...owed].join(', ')}`);
    owed = new Set(elements(message['tool_calls']).flatMap((call) => text(fields(call)['id']) ?? []));
  }
  if (owed.size > 0) throw invalid(`missing tool results for tool calls ${[...owed].join(', ')}`);
}

function readTool(tool: unknown, index: number): Tool {
  const definition = fields(fields(tool)['function']);
  const name = text(definition['name']);
  if (name === undefined) throw invalid(`tools[${index}].function.name is required`);
  if (!isObject(definition['parameters'])) throw invalid(`tools[${index}].function.parameters is required`);
  return { name, parameters: definition['parameters'] };
}

function readToolChoice(choice: unknown, tools: readonly Tool[]): ToolChoice {
  if (choice === undefined || choice === null) return { mode: 'auto' };
  if (tools.length === 0) throw invalid('tool_choice requires tools');
  if (choice === 'REQUIRED') return { mode: 'forced' };
  if (choice === 'NONE') return { mode: 'none' };
  throw invalid('tool_choice must be REQUIRED or NONE');
}

function readOutputFormat(format: Fields): OutputFormat {
  if (format['type'] !== 'json_object') return { kind: 'text' };
  const schema = format['json_schema'] ?? format['schema'];
  return { kind: 'json', schema: isObject(schema) ? schema : null };
}
