import { createHash } from 'node:crypto';
import { isObject } from '../json/index.js';
import type { JsonObject, Message, Part, ReasoningPart, TextPart, ToolResultPart } from '../neutral/index.js';
import { encodePart, encodeText, type Writing } from './encode-content.js';
import { encodeThinking } from './thinking.js';
import type { ToolCall } from './types.js';

/** Messages in order. Images and files of tool results follow the results as a user's message: a tool may only answer in text. */
export function encodeMessages(messages: readonly Message[], writing: Writing): JsonObject[] {
  const out: JsonObject[] = [];
  let media: Part[] = [];
  const flushMedia = () => {
    if (media.length > 0) out.push(userMessage(media, writing));
    media = [];
  };
  for (const message of messages) {
    const results = message.parts.filter((part) => part.type === 'tool-result');
    if (results.length === 0) flushMedia();
    for (const result of results) {
      out.push({ ...own(message, writing), ...toolMessage(result, writing) });
      media.push(...result.content.filter((part) => part.type !== 'text'));
    }
    const others = message.parts.filter((part) => part.type !== 'tool-result');
    if (results.length > 0 && others.length === 0) continue;
    flushMedia();
    out.push({ ...own(message, writing), ...encodeMessage({ ...message, parts: others }, writing) });
  }
  flushMedia();
  const last = out.at(-1);
  if (writing.vendor.prefix && last?.['role'] === 'assistant') out[out.length - 1] = { ...last, prefix: true };
  return out;
}

/** Members of the message that only this dialect knows, as far as the vendor takes them. */
function own({ rest = {} }: Message, { native, vendor: { ownWays } }: Writing): JsonObject {
  if (!native) return {};
  return ownWays ? Object.fromEntries(Object.entries(rest).filter(([name]) => ownWays.rest.has(name))) : rest;
}

function encodeMessage(message: Message, writing: Writing): JsonObject {
  const name = message.name === undefined ? {} : { name: message.name };
  switch (message.role) {
    case 'assistant':
      return { role: 'assistant', ...name, ...assistantMembers(message.parts, writing) };
    case 'system':
    case 'developer': {
      const role = writing.vendor.developerRole ? message.role : 'system';
      return { role, ...name, content: encodeText(textOnly(message.parts, writing), writing) };
    }
    default:
      return { ...userMessage(message.parts, writing), ...name };
  }
}

function userMessage(parts: readonly Part[], writing: Writing): JsonObject {
  if (parts.every((part) => part.type === 'text')) return { role: 'user', content: encodeText(parts, writing) };
  return { role: 'user', content: parts.map((part) => encodePart(part, writing)).filter((part) => part !== null) };
}

function textOnly(parts: readonly Part[], writing: Writing): TextPart[] {
  for (const { type } of parts) if (type !== 'text') writing.drop(type === 'reasoning' ? 'thinking' : type);
  return parts.filter((part) => part.type === 'text');
}

function toolMessage(result: ToolResultPart, writing: Writing): JsonObject {
  if (result.failed) writing.drop('failed');
  if (result.cache) writing.drop('cache');
  const text = result.content.filter((part) => part.type === 'text');
  return { role: 'tool', tool_call_id: callId(result.callId, writing), content: encodeText(text, writing) };
}

function assistantMembers(parts: readonly Part[], writing: Writing): JsonObject {
  const text: TextPart[] = [];
  const reasoning: ReasoningPart[] = [];
  const calls: unknown[] = [];
  const members: Record<string, unknown> = {};
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        text.push(part);
        break;
      case 'reasoning':
        reasoning.push(part);
        break;
      case 'refusal':
        members['refusal'] = `${members['refusal'] ?? ''}${part.text}`;
        break;
      case 'tool-call':
        calls.push(encodeCall(part, writing));
        break;
      case 'audio':
        if (part.id !== undefined && part.source.kind === 'id') members['audio'] = { id: part.id };
        else if (part.transcript !== undefined) text.push({ type: 'text', text: part.transcript });
        else writing.drop('audio');
        break;
      case 'opaque':
        if (part.dialect === 'openai-chat' && isObject(part.value) && part.value['type'] === 'custom')
          calls.push(part.value);
        else writing.drop('opaque');
        break;
      default:
        writing.drop(part.type);
    }
  }
  const content = text.length === 0 ? null : encodeText(text, writing);
  return {
    content,
    ...members,
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...thinkingMembers(reasoning, content, writing),
  };
}

/** Thinking of earlier turns, where this vendor takes it back. */
function thinkingMembers(parts: readonly ReasoningPart[], content: unknown, writing: Writing): JsonObject {
  if (parts.length === 0) return {};
  const { reasoning_content: text, reasoning_details: details } = encodeThinking(parts);
  const hidden = parts.some((part) => part.signature !== undefined || part.encrypted !== undefined);
  switch (writing.vendor.thinking) {
    case 'reasoning_content':
      if (hidden) writing.drop('thinking');
      return text === undefined ? {} : { reasoning_content: text };
    case 'reasoning_details':
      return { ...(text === undefined ? {} : { reasoning: text }), ...(details ? { reasoning_details: details } : {}) };
    case 'thinking': {
      if (hidden) writing.drop('thinking');
      const chunk = { type: 'thinking', thinking: [{ type: 'text', text: text ?? '' }] };
      const after = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
      return { content: [chunk, ...(after as unknown[])] };
    }
    default:
      writing.drop('thinking');
      return {};
  }
}

function encodeCall(call: Extract<Part, { type: 'tool-call' }>, writing: Writing): ToolCall {
  const { id, name, signature } = call;
  if (call.cache) writing.drop('cache');
  return {
    id: callId(id, writing),
    type: 'function',
    function: { name, arguments: call.arguments },
    ...(signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }),
  };
}

/** Mistral refuses ids of others: the same id always becomes the same nine characters. */
function callId(id: string, { vendor }: Writing): string {
  if (!vendor.shortCallIds || /^[a-zA-Z0-9]{9}$/.test(id)) return id;
  return createHash('sha256').update(id).digest('hex').slice(0, 9);
}
