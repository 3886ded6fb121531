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
import { checkContents, checkSchema } from './rules.js';

/** https://ai.google.dev/gemini-api/docs/tokens */
const TOKENS_PER_IMAGE = 258;

/** Reads a generateContent request. Throws Refusal where Gemini would answer 400. */
export function readPrompt(request: Fields): Prompt {
  const contents = checkContents(request['contents']);
  const config = fields(request['generationConfig']);
  const tools = elements(request['tools']).flatMap(readTools);
  const system = fields(request['systemInstruction'] ?? request['system_instruction']);
  const systemTurn: Turn = { speaker: 'system', texts: partTexts(system), images: 0 };
  return {
    ...hear([systemTurn, ...contents.map(readTurn)], tools, TOKENS_PER_IMAGE),
    tools,
    toolChoice: readToolChoice(fields(fields(request['toolConfig'])['functionCallingConfig'])),
    parallelTools: true,
    output: readOutputFormat(config),
    reasoningSentences: readThinking(fields(config['thinkingConfig'])),
    outputTokensMax: number(config['maxOutputTokens']) ?? null,
    stopSequences: texts(config['stopSequences']),
    choices: number(config['candidateCount']) ?? 1,
  };
}

function readTurn(content: Fields): Turn {
  const parts = elements(content['parts']).map(fields);
  const answered = parts.filter((part) => 'functionResponse' in part);
  if (answered.length > 0)
    return {
      speaker: 'tool',
      images: 0,
      texts: answered.map((part) => responseText(fields(part['functionResponse']))),
    };
  return {
    speaker: content['role'] === 'model' ? 'assistant' : 'user',
    texts: partTexts(content),
    images: parts.filter((part) => isImage(part)).length,
  };
}

function partTexts(content: Fields): readonly string[] {
  return elements(content['parts'])
    .map(fields)
    .flatMap((part) => {
      const call = fields(part['functionCall']);
      return 'functionCall' in part
        ? [...texts(call['name']), JSON.stringify(call['args'] ?? {})]
        : texts(part['text']);
    });
}

/** A lone `result`, `output` or `content` text is what the tool said; anything else is said as JSON. */
function responseText(response: Fields): string {
  const value = fields(response['response']);
  const [only] = Object.values(value);
  return Object.keys(value).length === 1 && typeof only === 'string' ? only : JSON.stringify(value);
}

function isImage(part: Fields): boolean {
  const data = fields(part['inlineData'] ?? part['inline_data'] ?? part['fileData'] ?? part['file_data']);
  return (text(data['mimeType'] ?? data['mime_type']) ?? '').startsWith('image/');
}

function readTools(tool: unknown, toolIndex: number): readonly Tool[] {
  const { functionDeclarations, function_declarations: alias } = fields(tool);
  return elements(functionDeclarations ?? alias).map((item, index): Tool => {
    const declaration = fields(item);
    const at = `tools[${toolIndex}].function_declarations[${index}]`;
    const name = text(declaration['name']);
    if (name === undefined || !/^[a-zA-Z_][a-zA-Z0-9_.:-]{0,63}$/.test(name))
      throw invalid(
        `* GenerateContentRequest.${at}.name: Invalid function name. Must start with a letter or an underscore. Must be alphanumeric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 64.\n`,
      );
    checkSchema(fields(declaration['parameters']), `${at}.parameters`);
    return { name, parameters: fields(declaration['parametersJsonSchema'] ?? declaration['parameters']) };
  });
}

function readToolChoice(config: Fields): ToolChoice {
  if (config['mode'] === 'NONE') return { mode: 'none' };
  if (config['mode'] !== 'ANY') return { mode: 'auto' };
  const name = texts(config['allowedFunctionNames'])[0];
  return name === undefined ? { mode: 'forced' } : { mode: 'forced', name };
}

function readOutputFormat(config: Fields): OutputFormat {
  if (isObject(config['responseSchema'])) checkSchema(config['responseSchema'], 'generation_config.response_schema');
  const schema = config['responseJsonSchema'] ?? config['_responseJsonSchema'] ?? config['responseSchema'];
  const json = config['responseMimeType'] === 'application/json';
  if (isObject(schema) && !json)
    throw invalid(
      `Function calling with a response mime type: '${text(config['responseMimeType']) ?? 'text/plain'}' is unsupported`,
    );
  return json ? { kind: 'json', schema: isObject(schema) ? schema : null } : { kind: 'text' };
}

/** Asked for by a budget (0 switches it off), a level, or the wish to see thoughts. */
function readThinking(config: Fields): number {
  if (config['thinkingBudget'] === 0) return 0;
  const level = text(config['thinkingLevel']);
  if (level !== undefined) return sentencesForEffort(level);
  return number(config['thinkingBudget']) !== undefined || config['includeThoughts'] === true ? 2 : 0;
}
