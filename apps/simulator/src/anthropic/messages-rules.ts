import { elements, type Fields, fields, number, text } from '../json.js';
import { invalid } from './errors.js';
import { signatureOf } from './signature.js';

/** Checks what Anthropic checks of `messages`. Throws Refusal with its wording. */
export function checkMessages(given: unknown): readonly Fields[] {
  if (given === undefined) throw invalid('messages: Field required');
  if (!Array.isArray(given)) throw invalid('messages: Input should be a valid array');
  const messages = given.map(fields);
  if (messages.length === 0) throw invalid('messages: at least one message is required');
  messages.forEach(checkMessage);
  messages.forEach((message, index) => {
    checkToolTurn(message, index, messages[index - 1], messages[index + 1]);
  });
  checkPrefill(messages.at(-1));
  return messages;
}

function checkPrefill(last: Fields | undefined): void {
  if (last?.['role'] !== 'assistant') return;
  const { content } = last;
  const prefill = typeof content === 'string' ? content : (text(fields(elements(content).at(-1))['text']) ?? '');
  if (/\s$/.test(prefill)) throw invalid('messages: final assistant content cannot end with trailing whitespace');
}

function checkMessage(message: Fields, index: number): void {
  const role = text(message['role']);
  if (role === 'system')
    throw invalid(
      'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
    );
  if (role !== 'user' && role !== 'assistant')
    throw invalid(`messages.${index}.role: Input should be 'user' or 'assistant'`);
  const { content } = message;
  if (typeof content !== 'string' && !Array.isArray(content))
    throw invalid(
      `messages.${index}.content: ${content === undefined ? 'Field required' : 'Input should be a valid string'}`,
    );
  elements(content).forEach((block, at) => {
    checkBlock(fields(block), `messages.${index}.content.${at}`);
  });
}

function checkBlock(block: Fields, at: string): void {
  if (block['type'] === 'text' && block['text'] === '')
    throw invalid('messages: text content blocks must be non-empty');
  if (block['type'] === 'thinking' && block['signature'] !== signatureOf(text(block['thinking']) ?? ''))
    throw invalid(`${at}: Invalid \`signature\` in \`thinking\` block`);
  const source = fields(block['source']);
  if (block['type'] === 'image' && source['type'] === 'base64' && text(source['media_type']) === undefined)
    throw invalid(`${at}.image.source.base64.media_type: Field required`);
}

function checkToolTurn(message: Fields, index: number, before: Fields | undefined, after: Fields | undefined): void {
  const asked = idsOf(before, 'tool_use', 'id');
  for (const id of idsOf(message, 'tool_result', 'tool_use_id'))
    if (!asked.includes(id))
      throw invalid(
        `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
  const answered = idsOf(after, 'tool_result', 'tool_use_id');
  const owed = idsOf(message, 'tool_use', 'id').filter((id) => !answered.includes(id));
  if (owed.length > 0)
    throw invalid(
      `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${owed.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
    );
}

function idsOf(message: Fields | undefined, type: string, field: string): readonly string[] {
  return elements(message?.['content'])
    .map(fields)
    .filter((block) => block['type'] === type)
    .map((block) => text(block[field]) ?? '');
}

/** Whether thinking is on. Throws Refusal on what Anthropic forbids together with it. */
export function checkThinking(request: Fields, maxTokens: number): boolean {
  const thinking = fields(request['thinking']);
  if (thinking['type'] !== 'enabled' && thinking['type'] !== 'adaptive') return false;
  const budget = number(thinking['budget_tokens']);
  if (thinking['type'] === 'enabled') {
    if (budget === undefined) throw invalid('thinking.enabled.budget_tokens: Field required');
    if (budget < 1024) throw invalid('thinking.enabled.budget_tokens: Input should be greater than or equal to 1024');
    checkGoesOnThinking(elements(request['messages']).map(fields));
    if (budget >= maxTokens)
      throw invalid(
        '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking#max-tokens-and-context-window-size',
      );
  }
  const choice = text(fields(request['tool_choice'])['type']);
  if (choice === 'any' || choice === 'tool')
    throw invalid('Thinking may not be enabled when tool_choice forces tool use.');
  const temperature = number(request['temperature']);
  if (temperature !== undefined && temperature !== 1)
    throw invalid('`temperature` may only be set to 1 when thinking is enabled.');
  return true;
}

/** While tools are at work, a turn that thinks by budget must have begun with a thought. */
function checkGoesOnThinking(messages: readonly Fields[]): void {
  if (idsOf(messages.at(-1), 'tool_result', 'tool_use_id').length === 0) return;
  const begun = messages.findLastIndex(
    (message) => message['role'] === 'user' && idsOf(message, 'tool_result', 'tool_use_id').length === 0,
  );
  const first = messages.findIndex((message, index) => index > begun && message['role'] === 'assistant');
  const type = text(fields(elements(messages[first]?.['content'])[0])['type']) ?? 'text';
  if (type === 'thinking' || type === 'redacted_thinking') return;
  throw invalid(
    `messages.${first}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks). To avoid this requirement, disable \`thinking\`.`,
  );
}
