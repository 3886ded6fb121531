import type { Reply, ToolCall } from '../answering/reply.js';
import { hexadecimalId } from '../ids.js';
import { elements, type Fields, fields } from '../json.js';
import { newToolCallId } from './chat-body.js';
import { seal } from './sealed.js';

/** What happens to an item between its being added and its being done. */
export interface ItemEvent {
  readonly type: string;
  readonly rest: object;
  readonly paced: boolean;
}

/** One item of a response's output, as it opens, grows and closes. */
export interface OutputItem {
  readonly id: string;
  readonly opened: object;
  readonly closed: object;
  readonly growth: readonly ItemEvent[];
}

/** Reasoning, then a message or function calls. */
export function outputItems(reply: Reply, request: Fields): readonly OutputItem[] {
  return [
    ...(reply.reasoning.length === 0 ? [] : [reasoningItem(reply, request)]),
    ...(reply.toolCalls.length === 0 ? [messageItem(reply)] : reply.toolCalls.map(functionCallItem)),
  ];
}

const OBFUSCATION = '2ajSAGID';

const event = (type: string, rest: object, paced = false): ItemEvent => ({ type: `response.${type}`, rest, paced });

/** A summary only where one was asked for, encrypted content likewise. */
function reasoningItem({ reasoning }: Reply, request: Fields): OutputItem {
  const id = hexadecimalId('rs_', 50);
  const whole = reasoning.join('');
  const summarised = typeof fields(request['reasoning'])['summary'] === 'string';
  const sealed = elements(request['include']).includes('reasoning.encrypted_content');
  const item = { id, type: 'reasoning', ...(sealed && { encrypted_content: seal(whole) }) };
  const part = (text: string) => ({ type: 'summary_text', text });
  const at = { summary_index: 0 };
  const growth = [
    event('reasoning_summary_part.added', { ...at, part: part('') }),
    ...reasoning.map((delta) =>
      event('reasoning_summary_text.delta', { ...at, delta, obfuscation: OBFUSCATION }, true),
    ),
    event('reasoning_summary_text.done', { ...at, text: whole }),
    event('reasoning_summary_part.done', { ...at, part: part(whole) }),
  ];
  return {
    id,
    opened: { ...item, summary: [] },
    closed: { ...item, summary: summarised ? [part(whole)] : [] },
    growth: summarised ? growth : [],
  };
}

function messageItem(reply: Reply): OutputItem {
  const id = hexadecimalId('msg_', 50);
  const refused = reply.end === 'refusal';
  const whole = reply.text.join('');
  const at = { content_index: 0 };
  const part = (text: string) =>
    refused ? { type: 'refusal', refusal: text } : { type: 'output_text', annotations: [], logprobs: [], text };
  const name = refused ? 'refusal' : 'output_text';
  const extra = refused ? {} : { logprobs: [] };
  return {
    id,
    opened: { id, type: 'message', status: 'in_progress', content: [], role: 'assistant' },
    closed: {
      id,
      type: 'message',
      status: reply.end === 'length' ? 'incomplete' : 'completed',
      content: [part(whole)],
      role: 'assistant',
    },
    growth: [
      event('content_part.added', { ...at, part: part('') }),
      ...reply.text.map((delta) => event(`${name}.delta`, { ...at, delta, ...extra, obfuscation: OBFUSCATION }, true)),
      event(`${name}.done`, { ...at, ...(refused ? { refusal: whole } : { text: whole }), ...extra }),
      event('content_part.done', { ...at, part: part(whole) }),
    ],
  };
}

function functionCallItem(call: ToolCall): OutputItem {
  const id = hexadecimalId('fc_', 50);
  const whole = call.tokens.join('');
  const item = { id, type: 'function_call', call_id: newToolCallId(), name: call.name };
  return {
    id,
    opened: { ...item, status: 'in_progress', arguments: '' },
    closed: { ...item, status: 'completed', arguments: whole },
    growth: [
      ...call.tokens.map((delta) => event('function_call_arguments.delta', { delta, obfuscation: OBFUSCATION }, true)),
      event('function_call_arguments.done', { name: call.name, arguments: whole }),
    ],
  };
}
