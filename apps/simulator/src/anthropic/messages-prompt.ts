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
import { invalid, noThreads } from './errors.js';
import { checkMessages, checkThinking } from './messages-rules.js';

/** About what Anthropic bills for a 1000 × 1000 image. */
const TOKENS_PER_IMAGE = 1_334;

/** Reads a Messages request. Throws Refusal where Anthropic would answer 400. */
export function readMessagesPrompt(request: Fields): Prompt {
  if (text(request['model']) === undefined) throw invalid('model: Field required');
  const maxTokens = number(request['max_tokens']);
  if (maxTokens === undefined) throw invalid('max_tokens: Field required');
  if (maxTokens < 1) throw invalid('max_tokens: Input should be greater than or equal to 1');
  if (isObject(request['thread'])) throw noThreads();
  const messages = checkMessages(request['messages']);
  const thinking = checkThinking(request, maxTokens);

  const tools = elements(request['tools']).map(readTool);
  const system: Turn = { speaker: 'system', texts: textsOf(request['system']), images: 0 };
  return {
    ...hear([system, ...messages.flatMap(readTurns)], tools, TOKENS_PER_IMAGE),
    tools,
    toolChoice: readToolChoice(fields(request['tool_choice']), tools),
    parallelTools: fields(request['tool_choice'])['disable_parallel_tool_use'] !== true,
    output: readOutputFormat(request),
    reasoningSentences: thinking ? sentencesForEffort(text(fields(request['output_config'])['effort'])) || 2 : 0,
    outputTokensMax: maxTokens,
    stopSequences: texts(request['stop_sequences']),
    choices: 1,
  };
}

/** Anthropic puts tool results into user messages; they are turns of their own here. */
function readTurns(message: Fields): readonly Turn[] {
  if (typeof message['content'] === 'string')
    return [{ speaker: speakerOf(message), texts: [message['content']], images: 0 }];
  const blocks = elements(message['content']).map(fields);
  const results = blocks.filter((block) => block['type'] === 'tool_result');
  const others = blocks.filter((block) => block['type'] !== 'tool_result');
  const said: Turn = {
    speaker: speakerOf(message),
    texts: others.flatMap(blockTexts),
    images: others.filter((block) => block['type'] === 'image').length,
  };
  const returned = results.map(
    (block): Turn => ({
      speaker: 'tool',
      texts: textsOf(block['content']),
      images: elements(block['content']).filter((part) => fields(part)['type'] === 'image').length,
    }),
  );
  return others.length === 0 ? returned : [...returned, said];
}

const speakerOf = (message: Fields): Turn['speaker'] => (message['role'] === 'assistant' ? 'assistant' : 'user');

function blockTexts(block: Fields): readonly string[] {
  if (block['type'] === 'tool_use') return [...texts(block['name']), JSON.stringify(block['input'] ?? {})];
  return texts(block['text'] ?? block['thinking']);
}

/** A text, or the texts of text blocks. */
function textsOf(content: unknown): readonly string[] {
  return typeof content === 'string' ? [content] : elements(content).flatMap((block) => texts(fields(block)['text']));
}

function readTool(tool: unknown, index: number): Tool {
  const { name, input_schema: schema, type } = fields(tool);
  if (typeof name !== 'string') throw invalid(`tools.${index}.name: Field required`);
  const custom = type === undefined || type === 'custom';
  if (custom && !/^[a-zA-Z0-9_-]{1,128}$/.test(name))
    throw invalid(`tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`);
  if (custom && !isObject(schema)) throw invalid(`tools.${index}.custom.input_schema: Field required`);
  if (custom && fields(schema)['type'] !== 'object')
    throw invalid(`tools.${index}.custom.input_schema.type: Input should be 'object'`);
  return { name, parameters: fields(schema) };
}

function readToolChoice({ type, name }: Fields, tools: readonly Tool[]): ToolChoice {
  if (type === undefined || type === 'auto') return { mode: 'auto' };
  if (type === 'none') return { mode: 'none' };
  if (tools.length === 0) throw invalid('tool_choice: tool_choice may only be specified while providing tools.');
  if (type === 'any') return { mode: 'forced' };
  if (!tools.some((tool) => tool.name === name))
    throw invalid(`tool_choice: Tool '${String(name)}' not found in provided tools`);
  return { mode: 'forced', name: String(name) };
}

function readOutputFormat(request: Fields): OutputFormat {
  const format = fields(fields(request['output_config'])['format'] ?? request['output_format']);
  return format['type'] === 'json_schema' ? { kind: 'json', schema: fields(format['schema']) } : { kind: 'text' };
}
