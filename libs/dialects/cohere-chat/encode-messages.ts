import type { Dropped } from '../neutral/dropped.js';
import type { ImagePart, Message, Part, ToolResultPart } from '../neutral/index.js';
import { isPlan } from './reasoning.js';
import type { ContentPart, WireCall, WireMessage } from './types.js';

const OWN = 'cohere-chat';

/** Messages, each tool's result one of its own. */
export function encodeMessages(messages: readonly Message[], dropped: Dropped): readonly WireMessage[] {
  return messages.flatMap((message) => encodeMessage(message, dropped));
}

function encodeMessage({ role, parts, name }: Message, dropped: Dropped): readonly WireMessage[] {
  if (name !== undefined) dropped.add('name');
  for (const part of parts) if ('cache' in part && part.cache) dropped.add('cache');
  if (role === 'assistant') return [encodeAssistant(parts, dropped)];
  const results = parts.filter((part): part is ToolResultPart => part.type === 'tool-result');
  const content = encodeContent(
    parts.filter(({ type }) => type !== 'tool-result'),
    dropped,
  );
  return [
    ...results.map((result) => encodeResult(result, dropped)),
    ...(content === undefined
      ? []
      : [{ role: role === 'user' || role === 'tool' ? ('user' as const) : ('system' as const), content }]),
  ];
}

function encodeAssistant(parts: readonly Part[], dropped: Dropped): WireMessage {
  const plan = parts.flatMap((part) => (part.type === 'reasoning' && isPlan(part) ? part.text : [])).join('');
  const calls = parts.flatMap((part): WireCall[] => {
    if (part.type !== 'tool-call') return [];
    if (part.signature !== undefined) dropped.add('signature');
    return [{ id: part.id, type: 'function', function: { name: part.name, arguments: part.arguments } }];
  });
  const said = parts.filter((part) => part.type !== 'tool-call' && !(part.type === 'reasoning' && isPlan(part)));
  const content = encodeContent(said, dropped);
  return {
    role: 'assistant',
    ...(content === undefined ? {} : { content }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...(plan === '' ? {} : { tool_plan: plan }),
  };
}

/** A tool answers in text, and there is no mark for a failure: the text itself must tell. */
function encodeResult({ callId, content, failed }: ToolResultPart, dropped: Dropped): WireMessage {
  for (const { type } of content) if (type !== 'text') dropped.add(type);
  const text = content.flatMap((item) => (item.type === 'text' ? [item.text] : [])).join('\n');
  return { role: 'tool', tool_call_id: callId, content: failed ? JSON.stringify({ error: text }) : text };
}

/** One text is written as the string it is; nothing is undefined. */
function encodeContent(parts: readonly Part[], dropped: Dropped): WireMessage['content'] {
  const content = parts.map((part) => encodePart(part, dropped)).filter((part) => part !== undefined);
  const [only, ...others] = content;
  if (!only) return undefined;
  return only.type === 'text' && others.length === 0 ? only.text : content;
}

function encodePart(part: Part, dropped: Dropped): ContentPart | undefined {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text === '' ? undefined : { type: 'text', text: part.text };
    case 'image':
      return encodeImage(part) ?? dropped.none('image');
    case 'audio':
      return part.transcript === undefined ? dropped.none('audio') : { type: 'text', text: part.transcript };
    case 'reasoning':
      return part.dialect === OWN ? { type: 'thinking', thinking: part.text } : dropped.none('thinking');
    case 'opaque':
      return part.dialect === OWN ? (part.value as ContentPart) : dropped.none('opaque');
    default:
      return dropped.none(part.type);
  }
}

function encodeImage({ source, detail }: ImagePart): ContentPart | undefined {
  if (source.kind === 'id') return undefined;
  const url = source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`;
  return { type: 'image_url', image_url: { url, ...(detail === undefined ? {} : { detail }) } };
}
