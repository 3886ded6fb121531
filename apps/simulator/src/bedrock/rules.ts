import { signatureOf } from '../anthropic/signature.js';
import { elements, type Fields, fields, text } from '../json.js';
import { invalid } from './errors.js';

/** Checks what Bedrock checks of `messages`. Throws Refusal with its wording. */
export function checkMessages(given: unknown, toolsAreConfigured: boolean): readonly Fields[] {
  const messages = elements(given).map(fields);
  if (messages.length === 0)
    throw invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  for (const [index, message] of messages.entries()) {
    checkRole(message, index, messages[index - 1]);
    const blocks = elements(message['content']).map(fields);
    if (blocks.length === 0)
      throw invalid(
        `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`,
      );
    for (const [at, block] of blocks.entries())
      checkBlock(block, `messages.${index}.content.${at}`, toolsAreConfigured);
    checkToolTurn(index, messages[index - 1], message);
  }
  checkToolTurn(messages.length, messages.at(-1), undefined);
  return messages;
}

function checkRole(message: Fields, index: number, before: Fields | undefined): void {
  const role = text(message['role']);
  if (role !== 'user' && role !== 'assistant')
    throw invalid(
      `Value at 'messages.${index}.member.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant]`,
    );
  if (index === 0 && role !== 'user')
    throw invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  if (before?.['role'] === role)
    throw invalid(
      'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
    );
}

function checkBlock(block: Fields, at: string, toolsAreConfigured: boolean): void {
  if (text(block['text'])?.trim() === '')
    throw invalid(
      `The text field in the ContentBlock object at ${at} is blank. Add text to the text field, and try again.`,
    );
  if (('toolUse' in block || 'toolResult' in block) && !toolsAreConfigured)
    throw invalid('The toolConfig field must be defined when using toolUse and toolResult content blocks.');
  const thought = fields(fields(block['reasoningContent'])['reasoningText']);
  if ('text' in thought && thought['signature'] !== signatureOf(text(thought['text']) ?? ''))
    throw invalid(`${at}: Invalid \`signature\` in \`thinking\` block`);
}

/** Results stand in the message right after the calls: all of them, and no others. */
function checkToolTurn(index: number, before: Fields | undefined, message: Fields | undefined): void {
  const called = idsOf(before, 'toolUse');
  const returned = idsOf(message, 'toolResult');
  const owed = called.filter((id) => !returned.includes(id));
  if (owed.length > 0)
    throw invalid(`Expected toolResult blocks at messages.${index}.content for the following Ids: ${owed.join(', ')}`);
  if (returned.some((id) => !called.includes(id)))
    throw invalid(
      `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`,
    );
}

function idsOf(message: Fields | undefined, kind: 'toolUse' | 'toolResult'): readonly string[] {
  return elements(message?.['content'])
    .map(fields)
    .filter((block) => kind in block)
    .map((block) => text(fields(block[kind])['toolUseId']) ?? '');
}
