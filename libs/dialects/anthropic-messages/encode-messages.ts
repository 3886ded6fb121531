import type { Dropped } from '../neutral/dropped.js';
import type { ChatRequest, Message } from '../neutral/index.js';
import { encodeParts, encodeText } from './encode-content.js';
import type { ContentBlockParam, MessageParam, TextBlockParam } from './types.js';

/** Stands where the API wants a user to speak first and nobody did. */
const OPENING: ContentBlockParam = { type: 'text', text: '(The conversation begins here.)' };

type Turn = { readonly role: 'user' | 'assistant' | 'system'; readonly content: ContentBlockParam[] };

const isInstruction = ({ role }: Message): boolean => role === 'system' || role === 'developer';

/**
 * Instructions go into the one system prompt, in order, wherever they stood: what they keep is their authority. Only a client
 * of this very dialect keeps a later system message in its place, since it knows whether its model takes one there.
 */
function isHoisted(request: ChatRequest): (message: Message, index: number) => boolean {
  const firstTurn = request.messages.findIndex((message) => !isInstruction(message));
  return request.dialect === 'anthropic-messages'
    ? (message, index) => isInstruction(message) && (firstTurn === -1 || index < firstTurn)
    : isInstruction;
}

export interface EncodedMessages {
  readonly system?: string | TextBlockParam[];
  readonly messages: MessageParam[];
}

/** System prompt and turns. Turns of one role in a row become one; results of tools come first in theirs, as the API wants. */
export function encodeMessages(request: ChatRequest, dropped: Dropped): EncodedMessages {
  const hoisted = isHoisted(request);
  const system = request.messages.filter(hoisted).flatMap((message) => instructionsOf(message, dropped));
  const turns: Turn[] = [];
  request.messages.forEach((message, index) => {
    if (message.name !== undefined) dropped.add('name');
    if (!hoisted(message, index)) appendTurn(turns, message, dropped);
  });
  if (turns[0]?.role !== 'user') turns.unshift({ role: 'user', content: [OPENING] });
  return { ...encodeSystem(system), messages: turns.map(encodeTurn) };
}

function instructionsOf({ parts }: Message, dropped: Dropped): TextBlockParam[] {
  return parts.flatMap((part) => {
    if (part.type === 'text') return encodeText(part) ?? [];
    dropped.add(part.type);
    return [];
  });
}

function encodeSystem(blocks: TextBlockParam[]): { readonly system?: string | TextBlockParam[] } {
  const [only, ...others] = blocks;
  if (!only) return {};
  return { system: others.length === 0 && !only.cache_control ? only.text : blocks };
}

const ROLES = { user: 'user', tool: 'user', assistant: 'assistant', system: 'system', developer: 'system' } as const;

function appendTurn(turns: Turn[], message: Message, dropped: Dropped): void {
  const role = ROLES[message.role];
  const content = encodeParts(message.parts, dropped);
  if (content.length === 0) return;
  const last = turns.at(-1);
  if (last?.role === role) last.content.push(...content);
  else turns.push({ role, content });
}

function encodeTurn({ role, content }: Turn): MessageParam {
  const results = content.filter(({ type }) => type === 'tool_result');
  const blocks = results.length === 0 ? content : [...results, ...content.filter(({ type }) => type !== 'tool_result')];
  const [only, ...others] = blocks;
  const plain = only?.type === 'text' && others.length === 0 && !only.cache_control && !only.citations;
  return { role, content: plain ? only.text : blocks } as MessageParam;
}
