import {
  defined,
  invalid,
  isObject,
  optional,
  readArray,
  readBoolean,
  readName,
  readObject,
  readString,
} from '../json/index.js';
import type { JsonObject, ServerTool, Tool, ToolChoice } from '../neutral/index.js';

/** The tools that the client runs, and those only a vendor of this dialect knows (custom, web search …). */
export function decodeTools(value: unknown): { tools: readonly Tool[]; serverTools: readonly ServerTool[] } {
  const tools: Tool[] = [];
  const serverTools: ServerTool[] = [];
  for (const [index, tool] of readArray(readObject)(value, 'tools').entries()) {
    if (tool['type'] === 'function') tools.push(decodeTool(tool, `tools.${index}`));
    else if (typeof tool['type'] === 'string') serverTools.push({ dialect: 'openai-chat', value: tool });
    else throw invalid(`tools.${index}.type`, 'must be a string');
  }
  return { tools, serverTools };
}

function decodeTool(tool: JsonObject, param: string): Tool {
  const fn = readObject(tool['function'], `${param}.function`);
  return defined<Tool>({
    name: readName(fn['name'], `${param}.function.name`),
    description: optional(fn['description'], `${param}.function.description`, readString),
    parameters: optional(fn['parameters'], `${param}.function.parameters`, readObject),
    strict: optional(fn['strict'], `${param}.function.strict`, readBoolean),
    cache: isObject(tool['cache_control']) ? { life: tool['cache_control']['ttl'] === '1h' ? '1h' : '5m' } : undefined,
  });
}

export function encodeTool(tool: Tool): JsonObject {
  const { name, description, parameters, strict } = tool;
  return { type: 'function', function: defined<JsonObject>({ name, description, parameters, strict }) };
}

/** Undefined for choices that only this dialect knows (a custom tool, a list of allowed ones): those stay as they are. */
export function decodeToolChoice(value: unknown): ToolChoice | undefined {
  if (value === 'auto' || value === 'none' || value === 'required') return { kind: value };
  if (value === 'any') return { kind: 'required' };
  const choice = readObject(value, 'tool_choice');
  if (choice['type'] !== 'function') return undefined;
  const fn = readObject(choice['function'], 'tool_choice.function');
  return { kind: 'tool', name: readName(fn['name'], 'tool_choice.function.name') };
}

export const encodeToolChoice = (choice: ToolChoice): JsonObject | string =>
  choice.kind === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.kind;
