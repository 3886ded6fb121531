import { elements, type Fields, fields, isObject, text } from '../json.js';
import { invalidFunctionCall, outOfOrder, unprocessable } from './errors.js';

const CHAT_FIELDS = new Set([
  'model',
  'messages',
  'temperature',
  'top_p',
  'max_tokens',
  'stream',
  'stop',
  'random_seed',
  'metadata',
  'response_format',
  'tools',
  'tool_choice',
  'presence_penalty',
  'frequency_penalty',
  'n',
  'prediction',
  'parallel_tool_calls',
  'prompt_mode',
  'prompt_cache_key',
  'reasoning_effort',
  'safe_prompt',
  'guardrails',
]);

const ROLES = ['system', 'user', 'assistant', 'tool'];

/**
 * Mistral's schema is closed: what OpenAI knows and Mistral does not (`stream_options`, `max_completion_tokens`, `seed`,
 * `user`, …) is refused, not ignored. Throws Refusal (422).
 */
export function checkKnownFields(request: Fields, known: ReadonlySet<string> = CHAT_FIELDS): void {
  const extra = Object.entries(request).filter(([name]) => !known.has(name));
  if (extra.length === 0) return;
  throw unprocessable(
    ...extra.map(([name, input]) => ({
      type: 'extra_forbidden',
      loc: ['body', name],
      msg: 'Extra inputs are not permitted',
      input,
    })),
  );
}

export function requireField(request: Fields, name: string): void {
  if (request[name] === undefined || request[name] === null)
    throw unprocessable({ type: 'missing', loc: ['body', name], msg: 'Field required', input: request });
}

/** Checks roles, their order, and the ids of tool calls. Throws Refusal (422 for shape, 400 for order). */
export function checkMessages(given: unknown): readonly Fields[] {
  if (!Array.isArray(given))
    throw unprocessable({
      type: 'list_type',
      loc: ['body', 'messages'],
      msg: 'Input should be a valid list',
      input: given,
    });
  const messages = given.map(fields);
  messages.forEach(checkRole);
  if (messages.length === 0) throw outOfOrder('Conversation must have at least one message');
  messages.forEach((message, index) => {
    checkOrder(message, messages[index - 1]);
    for (const call of elements(message['tool_calls'])) checkToolCallId(text(fields(call)['id']));
  });
  const last = messages.at(-1);
  if (last?.['role'] !== 'user' && last?.['role'] !== 'tool' && last?.['prefix'] !== true)
    throw outOfOrder(
      `Expected last role User or Tool (or Assistant with prefix True) for serving but got ${last?.['role']}`,
    );
  return messages;
}

function checkRole(message: Fields, index: number): void {
  const role = text(message['role']);
  if (role !== undefined && ROLES.includes(role)) return;
  throw unprocessable({
    type: 'union_tag_invalid',
    loc: ['body', 'messages', index],
    msg: `Input tag '${role}' found using 'role' does not match any of the expected tags: ${ROLES.map((name) => `'${name}'`).join(', ')}`,
    input: message,
  });
}

function checkOrder(message: Fields, before: Fields | undefined): void {
  const [role, previous] = [message['role'], before?.['role']];
  const answersTool = previous === 'tool' || (isObject(before) && elements(before['tool_calls']).length > 0);
  if (role === 'tool' && !answersTool) throw outOfOrder(`Unexpected role 'tool' after role '${previous}'`);
  if (role === 'user' && previous === 'tool') throw outOfOrder("Unexpected role 'user' after role 'tool'");
}

function checkToolCallId(id: string | undefined): void {
  if (id === undefined || !/^[a-zA-Z0-9]{9}$/.test(id))
    throw invalidFunctionCall(`Tool call id was ${id} but must be a-z, A-Z, 0-9, with a length of 9.`);
}
