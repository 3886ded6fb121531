import { elements, type Fields, fields, text } from '../json.js';
import { invalid } from './errors.js';

const ROLES = ['system', 'assistant', 'user', 'function', 'tool', 'developer'];

/**
 * Checks what OpenAI checks of `messages`: known roles, and every tool call answered before anything else is said.
 * Throws Refusal with OpenAI's wording.
 */
export function checkChatMessages(given: unknown): readonly Fields[] {
  if (!Array.isArray(given))
    throw invalid(
      `Invalid type for 'messages': expected an array of objects, but got ${typeName(given)} instead.`,
      'messages',
      'invalid_type',
    );
  const messages = given.map(fields);
  if (messages.length === 0)
    throw invalid(
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      'messages',
      'empty_array',
    );
  messages.forEach(checkMessage);
  checkToolTurns(messages);
  return messages;
}

function checkMessage(message: Fields, index: number): void {
  const role = text(message['role']);
  if (role === undefined)
    throw invalid(
      `Missing required parameter: 'messages[${index}].role'.`,
      `messages[${index}].role`,
      'missing_required_parameter',
    );
  if (!ROLES.includes(role))
    throw invalid(
      `Invalid value: '${role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.`,
      `messages[${index}].role`,
      'invalid_value',
    );
  const content = message['content'];
  if (content === undefined || content === null) {
    if (role !== 'assistant')
      throw invalid(`Invalid value for 'content': expected a string, got null.`, `messages.[${index}].content`);
    return;
  }
  if (typeof content !== 'string' && !Array.isArray(content))
    throw invalid(
      `Invalid type for 'messages[${index}].content': expected one of a string or array of objects, but got ${typeName(content)} instead.`,
      `messages[${index}].content`,
      'invalid_type',
    );
}

function checkToolTurns(messages: readonly Fields[]): void {
  let owed = new Set<string>();
  messages.forEach((message, index) => {
    if (message['role'] === 'tool') {
      const id = text(message['tool_call_id']);
      if (id === undefined)
        throw invalid(
          `Missing parameter 'tool_call_id': messages with role 'tool' must have a 'tool_call_id'.`,
          `messages.[${index}].tool_call_id`,
        );
      if (!owed.delete(id))
        throw invalid(
          "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
          `messages.[${index}].role`,
        );
      return;
    }
    requireNothingOwed(owed);
    owed = new Set(elements(message['tool_calls']).flatMap((call) => text(fields(call)['id']) ?? []));
  });
  requireNothingOwed(owed);
}

function requireNothingOwed(owed: ReadonlySet<string>): void {
  if (owed.size === 0) return;
  throw invalid(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...owed].join(', ')}`,
    'messages',
  );
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'number') return 'an integer';
  return typeof value === 'boolean' ? 'a boolean' : 'an object';
}
