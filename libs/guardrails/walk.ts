import type { Author } from './check.js';

const BASE64_PROBE = /^(?:data:[^,]{0,100};base64,)?[A-Za-z0-9+/_-]{256}/;

/** Marks of what nobody in the conversation has vouched for, in the dialects' words: results of tools, documents, search results. */
const FROM_TOOLS = new Set(
  'tool tool_result function_call_output custom_tool_call_output mcp_call computer_call_output document search_result file'.split(
    ' ',
  ),
);
const TOOL_FIELDS = new Set('functionResponse toolResult documents document search_results'.split(' '));
const SYSTEM_FIELDS = new Set(
  'system instructions systemInstruction system_instruction preamble tools functions'.split(' '),
);
const AUTHORS: Readonly<Record<string, Author>> = {
  system: 'system',
  developer: 'system',
  assistant: 'assistant',
  model: 'assistant',
  chatbot: 'assistant',
  tool: 'tool',
  function: 'tool',
  user: 'user',
};

/** Sees one string and says what stands in its place. */
export type Visit = (text: string, at: string, author: Author) => string;

/**
 * Visits every string of a request or answer, whatever its dialect: text in a field we never heard of is visited too, and so
 * are names of fields, as far as they are long enough to say something. Long base64 (images, audio, files) is passed over.
 * Returns the value itself when nothing changed, else a copy.
 */
export function walk<T>(value: T, at: string, author: Author, visit: Visit): T {
  return node(value, at, author, visit) as T;
}

function node(value: unknown, at: string, author: Author, visit: Visit): unknown {
  if (typeof value === 'string') return value === '' || BASE64_PROBE.test(value) ? value : visit(value, at, author);
  if (Array.isArray(value)) return list(value, at, author, visit);
  if (value !== null && typeof value === 'object') return fields(value, at, authorOf(value, author), visit);
  return value;
}

function list(values: readonly unknown[], at: string, author: Author, visit: Visit): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, each] of values.entries()) {
    const seen = node(each, `${at}.${index}`, author, visit);
    if (seen === each) continue;
    copy ??= [...values];
    copy[index] = seen;
  }
  return copy ?? values;
}

/** Shorter names than this are the schema's words. */
const KEY_CHARS_MIN = 16;

function fields(value: object, at: string, author: Author, visit: Visit): object {
  let changed = false;
  const path = isReasoning(value) ? `${at}.reasoning` : at;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    const name = key.length < KEY_CHARS_MIN ? key : visit(key, `${path}.${KEY_MARK}`, author);
    const seen = node(each, `${path}.${name === key ? key : KEY_MARK}`, fieldAuthor(key, author), visit);
    changed ||= seen !== each || name !== key;
    return [name, seen];
  });
  return changed ? Object.fromEntries(entries) : value;
}

/** Stands in a path for a name that was found fault with: paths are recorded, and must not carry what was found. */
const KEY_MARK = '{name}';

/** A path says of a model's thoughts that they are no part of what it says. */
const isReasoning = ({ type }: { readonly type?: unknown }): boolean => type === 'reasoning' || type === 'thinking';

function authorOf(value: object, around: Author): Author {
  const { role, type } = value as { readonly role?: unknown; readonly type?: unknown };
  if (typeof type === 'string' && FROM_TOOLS.has(type)) return 'tool';
  if (typeof role !== 'string' || around === 'tool') return around;
  return AUTHORS[role.toLowerCase()] ?? around;
}

function fieldAuthor(key: string, around: Author): Author {
  if (TOOL_FIELDS.has(key)) return 'tool';
  return around === 'user' && SYSTEM_FIELDS.has(key) ? 'system' : around;
}
