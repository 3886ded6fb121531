import type { Dropped } from '../neutral/dropped.js';
import type { ChatRequest, Message } from '../neutral/index.js';
import { encodeParts } from './encode-content.js';
import type { Block, RequestBody } from './types.js';

/** Stands where the API wants a user to speak first and nobody did. */
const OPENING: Block = { text: '(The conversation begins here.)' };

type Turn = { readonly role: 'user' | 'assistant'; readonly content: Block[] };

const isInstruction = ({ role }: Message): boolean => role === 'system' || role === 'developer';

/** Instructions go into the one system prompt, in order; turns of one role in a row become one, results of tools first. */
export function encodeMessages(request: ChatRequest, dropped: Dropped): Pick<RequestBody, 'messages' | 'system'> {
  const system: Block[] = [];
  const turns: Turn[] = [];
  for (const message of request.messages) {
    if (message.name !== undefined) dropped.add('name');
    const content = encodeParts(message.parts, dropped);
    if (isInstruction(message)) system.push(...content);
    else appendTurn(turns, message.role === 'assistant' ? 'assistant' : 'user', content);
  }
  if (turns[0]?.role !== 'user') turns.unshift({ role: 'user', content: [OPENING] });
  return {
    messages: turns.map(withResultsFirst),
    ...(system.length === 0 ? {} : { system: system as NonNullable<RequestBody['system']> }),
  };
}

function appendTurn(turns: Turn[], role: Turn['role'], content: readonly Block[]): void {
  if (content.length === 0) return;
  const last = turns.at(-1);
  if (last?.role === role) last.content.push(...content);
  else turns.push({ role, content: [...content] });
}

/** A cache point stays behind the block that it marks. */
function withResultsFirst({ role, content }: Turn): Turn {
  let inResult = false;
  const results: Block[] = [];
  const others: Block[] = [];
  for (const block of content) {
    if (!('cachePoint' in block)) inResult = 'toolResult' in block;
    (inResult ? results : others).push(block);
  }
  return { role, content: [...results, ...others] };
}
