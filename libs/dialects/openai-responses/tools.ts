import { defined, invalid, optional, readArray, readBoolean, readName, readObject, readString } from '../json/index.js';
import type { JsonObject, ServerTool, Tool, ToolChoice } from '../neutral/index.js';

/** The tools that the client runs, and those of the provider (web search, code interpreter, MCP …). */
export function decodeTools(value: unknown): { tools: readonly Tool[]; serverTools: readonly ServerTool[] } {
  const tools: Tool[] = [];
  const serverTools: ServerTool[] = [];
  for (const [index, tool] of readArray(readObject)(value, 'tools').entries()) {
    const param = `tools.${index}`;
    if (tool['type'] === 'function') {
      tools.push(
        defined<Tool>({
          name: readName(tool['name'], `${param}.name`),
          description: optional(tool['description'], `${param}.description`, readString),
          parameters: optional(tool['parameters'], `${param}.parameters`, readObject),
          strict: optional(tool['strict'], `${param}.strict`, readBoolean),
        }),
      );
    } else if (typeof tool['type'] === 'string') serverTools.push({ dialect: 'openai-responses', value: tool });
    else throw invalid(`${param}.type`, 'must be a string');
  }
  return { tools, serverTools };
}

/** `strict` defaults to true here and to false in the other dialects, so it is always said. */
export const encodeTool = ({ name, description, parameters, strict }: Tool): JsonObject => ({
  type: 'function',
  name,
  description: description ?? null,
  parameters: parameters ?? { type: 'object', properties: {} },
  strict: strict ?? false,
});

/** Undefined for choices that only this dialect knows. */
export function decodeToolChoice(value: unknown): ToolChoice | undefined {
  if (value === 'auto' || value === 'none' || value === 'required') return { kind: value };
  const choice = readObject(value, 'tool_choice');
  if (choice['type'] !== 'function') return undefined;
  return { kind: 'tool', name: readName(choice['name'], 'tool_choice.name') };
}

export const encodeToolChoice = (choice: ToolChoice): JsonObject | string =>
  choice.kind === 'tool' ? { type: 'function', name: choice.name } : choice.kind;
