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
import { invalid } from './errors.js';
import { checkMessages } from './rules.js';

/** About what is billed for a 1000 × 1000 image. */
const TOKENS_PER_IMAGE = 1_334;

/** Reads a Converse request. Throws Refusal where Bedrock would answer 400. */
export function readPrompt(request: Fields): Prompt {
  const config = fields(request['toolConfig']);
  const inference = fields(request['inferenceConfig']);
  const messages = checkMessages(request['messages'], isObject(request['toolConfig']));
  const tools = elements(config['tools']).flatMap(readTool);
  const system: Turn = { speaker: 'system', texts: blockTexts(request['system']), images: 0 };
  const toolChoice = readToolChoice(fields(config['toolChoice']), tools);
  return {
    ...hear([system, ...messages.flatMap(readTurns)], tools, TOKENS_PER_IMAGE),
    tools,
    toolChoice,
    parallelTools: true,
    output: readOutputFormat(fields(fields(request['outputConfig'])['textFormat'])),
    reasoningSentences: readThinking(fields(request['additionalModelRequestFields']), toolChoice),
    outputTokensMax: number(inference['maxTokens']) ?? null,
    stopSequences: texts(inference['stopSequences']),
    choices: 1,
  };
}

/** Tool results stand in the user's message; they are turns of their own here. */
function readTurns(message: Fields): readonly Turn[] {
  const blocks = elements(message['content']).map(fields);
  const results = blocks.filter((block) => 'toolResult' in block).map((block) => fields(block['toolResult']));
  const others = blocks.filter((block) => !('toolResult' in block) && !('cachePoint' in block));
  const said: Turn = {
    speaker: message['role'] === 'assistant' ? 'assistant' : 'user',
    texts: blockTexts(others),
    images: others.filter((block) => 'image' in block).length,
  };
  const returned = results.map(
    (result): Turn => ({
      speaker: 'tool',
      texts: blockTexts(result['content']),
      images: elements(result['content']).filter((block) => 'image' in fields(block)).length,
    }),
  );
  return others.length === 0 ? returned : [...returned, said];
}

function blockTexts(blocks: unknown): readonly string[] {
  return elements(blocks)
    .map(fields)
    .flatMap((block) => {
      const use = fields(block['toolUse']);
      if ('toolUse' in block) return [...texts(use['name']), JSON.stringify(use['input'] ?? {})];
      if ('json' in block) return [JSON.stringify(block['json'])];
      return texts(block['text'] ?? fields(fields(block['reasoningContent'])['reasoningText'])['text']);
    });
}

function readTool(tool: unknown, index: number): readonly Tool[] {
  if ('cachePoint' in fields(tool)) return [];
  const at = `toolConfig.tools.${index}.member.toolSpec`;
  const { name, inputSchema, description } = fields(fields(tool)['toolSpec']);
  if (typeof name !== 'string' || !/^[a-zA-Z0-9_-]{1,64}$/.test(name))
    throw invalid(
      `Value at '${at}.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+`,
    );
  if (description === '')
    throw invalid(
      `Value at '${at}.description' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
  const schema = fields(inputSchema)['json'];
  if (fields(schema)['type'] !== 'object')
    throw invalid(`The value at ${at}.inputSchema.json.type must be one of the following: object.`);
  return [{ name, parameters: fields(schema) }];
}

function readToolChoice(choice: Fields, tools: readonly Tool[]): ToolChoice {
  if ('any' in choice) return { mode: 'forced' };
  if (!('tool' in choice)) return { mode: 'auto' };
  const name = text(fields(choice['tool'])['name']);
  if (!tools.some((tool) => tool.name === name))
    throw invalid(`The provided tool choice refers to a tool that is not defined: ${name}`);
  return { mode: 'forced', ...(name !== undefined && { name }) };
}

/** The schema is JSON text. */
function readOutputFormat(format: Fields): OutputFormat {
  if (format['type'] !== 'json_schema') return { kind: 'text' };
  const schema = text(fields(fields(format['structure'])['jsonSchema'])['schema']);
  if (schema === undefined) throw invalid('outputConfig.textFormat.structure.jsonSchema.schema is required');
  return { kind: 'json', schema: fields(JSON.parse(schema)) };
}

function readThinking(additional: Fields, toolChoice: ToolChoice): number {
  const thinking = fields(additional['thinking']);
  if (thinking['type'] !== 'enabled' && thinking['type'] !== 'adaptive') return 0;
  if (toolChoice.mode === 'forced') throw invalid('Thinking may not be enabled when tool_choice forces tool use.');
  return sentencesForEffort(text(fields(additional['output_config'])['effort'])) || 2;
}
