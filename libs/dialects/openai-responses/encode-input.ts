import type { Dropped } from '../neutral/dropped.js';
import type { JsonObject, Message, Part, TextPart } from '../neutral/index.js';
import { audioFormatOf, urlOfSource } from '../openai-chat/media.js';

/** What encoding messages needs beside them. */
export interface Writing {
  readonly dropped: Dropped;
  /** Whether the client spoke this dialect. */
  readonly native: boolean;
}

export function encodeInput(messages: readonly Message[], writing: Writing): JsonObject[] {
  return messages.flatMap((message) => encodeMessage(message, writing));
}

/** A message becomes several items: its texts, and beside them calls, results and thinking, in order. */
function encodeMessage({ role, parts }: Message, writing: Writing): JsonObject[] {
  const items: JsonObject[] = [];
  let content: JsonObject[] = [];
  const wireRole = role === 'tool' ? 'user' : role;
  const flush = () => {
    if (content.length > 0) items.push({ type: 'message', role: wireRole, content });
    content = [];
  };
  for (const part of parts) {
    const item = encodeItem(part, writing);
    if (item) {
      flush();
      items.push(item);
      continue;
    }
    if (item === null) continue;
    const piece = encodePart(part, role === 'assistant', writing);
    if (piece) content.push(piece);
  }
  flush();
  return items;
}

/** The part as an item of its own; null where it cannot be said; undefined where it is a piece of a message. */
function encodeItem(part: Part, writing: Writing): JsonObject | null | undefined {
  switch (part.type) {
    case 'tool-call': {
      const { id, name } = part;
      if (part.signature !== undefined) writing.dropped.add('signature');
      if (part.cache) writing.dropped.add('cache');
      return { type: 'function_call', call_id: id, name, arguments: part.arguments };
    }
    case 'tool-result': {
      if (part.failed) writing.dropped.add('failed');
      if (part.cache) writing.dropped.add('cache');
      const [only] = part.content;
      const plain = part.content.length === 1 && only?.type === 'text' && !only.cache;
      const output = plain ? only.text : part.content.map((piece) => encodePart(piece, false, writing)).filter(Boolean);
      return { type: 'function_call_output', call_id: part.callId, output: part.content.length === 0 ? '' : output };
    }
    case 'reasoning': {
      const { dialect, id, encrypted, text } = part;
      if (dialect !== 'openai-responses' || id === undefined) {
        writing.dropped.add('thinking');
        return null;
      }
      const summary = text === '' ? [] : [{ type: 'summary_text', text }];
      return { type: 'reasoning', id, summary, ...(encrypted === undefined ? {} : { encrypted_content: encrypted }) };
    }
    case 'opaque':
      if (part.dialect !== 'openai-responses') {
        writing.dropped.add('opaque');
        return null;
      }
      return isPiece(part.value) ? undefined : (part.value as JsonObject);
    default:
      return undefined;
  }
}

/** Pieces of messages have types of their own prefix; everything else is an item. */
const isPiece = (value: unknown): boolean => String((value as JsonObject)['type']).startsWith('input_');

function encodePart(part: Part, isAnswer: boolean, writing: Writing): JsonObject | null {
  switch (part.type) {
    case 'text':
      return { type: isAnswer ? 'output_text' : 'input_text', text: part.text, ...cacheOf(part, writing) };
    case 'refusal':
      return { type: 'refusal', refusal: part.text };
    case 'opaque':
      return part.value as JsonObject;
    case 'image': {
      if (isAnswer) break;
      const url = urlOfSource(part.source);
      if (part.cache) writing.dropped.add('cache');
      const source = url === undefined && part.source.kind === 'id' ? { file_id: part.source.id } : { image_url: url };
      return { type: 'input_image', ...source, detail: part.detail ?? 'auto' };
    }
    case 'file': {
      if (isAnswer) break;
      const { source, name } = part;
      if (part.cache) writing.dropped.add('cache');
      const filename = name === undefined ? {} : { filename: name };
      if (source.kind === 'id') return { type: 'input_file', file_id: source.id };
      if (source.kind === 'url') return { type: 'input_file', file_url: source.url, ...filename };
      return { type: 'input_file', filename: 'file', ...filename, file_data: urlOfSource(source) };
    }
    case 'audio':
      if (!isAnswer && part.source.kind === 'base64') {
        const { data, mediaType } = part.source;
        return { type: 'input_audio', input_audio: { data, format: audioFormatOf(mediaType) } };
      }
      if (isAnswer && part.transcript !== undefined) return { type: 'output_text', text: part.transcript };
      break;
  }
  writing.dropped.add(part.type === 'reasoning' ? 'thinking' : part.type);
  return null;
}

function cacheOf({ cache }: TextPart, { native, dropped }: Writing): JsonObject {
  if (!cache) return {};
  if (native) return { prompt_cache_breakpoint: { mode: 'explicit' } };
  dropped.add('cache');
  return {};
}
