import {
  invalid,
  isObject,
  optional,
  readArray,
  readName,
  readObject,
  readOneOf,
  readString,
  textOf,
} from '../json/index.js';
import type {
  CacheMark,
  FilePart,
  ImagePart,
  JsonObject,
  OpaquePart,
  Part,
  Source,
  TextPart,
  ToolResultPart,
} from '../neutral/index.js';
import { decodeCitations } from './citations.js';
import { decodeReasoning } from './reasoning.js';

const OWN = 'anthropic-messages';

const opaque = (block: JsonObject): OpaquePart => ({ type: 'opaque', dialect: OWN, value: block });

/** `cache_control`, whose life is five minutes unless it says an hour. */
export function decodeCache(block: JsonObject): { readonly cache?: CacheMark } {
  const control = block['cache_control'];
  if (!isObject(control)) return {};
  return { cache: { life: control['ttl'] === '1h' ? '1h' : '5m' } };
}

/** A message's or a tool result's content: a string, or blocks. */
export function decodeContent(value: unknown, param: string): readonly Part[] {
  if (typeof value === 'string') return [{ type: 'text', text: value }];
  return readArray(decodeBlock)(value, param);
}

function decodeBlock(value: unknown, param: string): Part {
  const block = readObject(value, param);
  switch (readName(block['type'], `${param}.type`)) {
    case 'text':
      return decodeText(block, param);
    case 'image':
      return { type: 'image', source: decodeSource(block['source'], `${param}.source`), ...decodeCache(block) };
    case 'document':
      return decodeDocument(block, param);
    case 'tool_use':
      return {
        type: 'tool-call',
        id: readName(block['id'], `${param}.id`),
        name: readName(block['name'], `${param}.name`),
        arguments: JSON.stringify(optional(block['input'], `${param}.input`, readObject) ?? {}),
        ...decodeCache(block),
      };
    case 'tool_result':
      return decodeToolResult(block, param);
    case 'thinking':
    case 'redacted_thinking':
      return decodeReasoning(block);
    default:
      return opaque(block);
  }
}

function decodeText(block: JsonObject, param: string): TextPart {
  const citations = decodeCitations(block['citations']);
  return {
    type: 'text',
    text: readString(block['text'], `${param}.text`),
    ...(citations.length === 0 ? {} : { citations }),
    ...decodeCache(block),
  };
}

function decodeSource(value: unknown, param: string): Source {
  const source = readObject(value, param);
  switch (readOneOf('base64', 'url', 'file')(source['type'], `${param}.type`)) {
    case 'base64':
      return {
        kind: 'base64',
        mediaType: readName(source['media_type'], `${param}.media_type`),
        data: readString(source['data'], `${param}.data`),
      };
    case 'url':
      return { kind: 'url', url: readName(source['url'], `${param}.url`) };
    case 'file':
      return { kind: 'id', id: readName(source['file_id'], `${param}.file_id`), dialect: OWN };
  }
}

/** A document made of content blocks is known only here; one of plain text becomes a text file. */
function decodeDocument(block: JsonObject, param: string): FilePart | OpaquePart {
  const source = readObject(block['source'], `${param}.source`);
  if (source['type'] === 'content') return opaque(block);
  const title = textOf(block['title']);
  const extra = { ...(title === undefined ? {} : { name: title }), ...decodeCache(block) };
  if (source['type'] !== 'text') {
    const decoded = decodeSource(source, `${param}.source`);
    return {
      type: 'file',
      source: decoded.kind === 'url' ? { ...decoded, mediaType: 'application/pdf' } : decoded,
      ...extra,
    };
  }
  const text = readString(source['data'], `${param}.source.data`);
  return {
    type: 'file',
    source: { kind: 'base64', mediaType: 'text/plain', data: Buffer.from(text).toString('base64') },
    ...extra,
  };
}

function decodeToolResult(block: JsonObject, param: string): ToolResultPart {
  return {
    type: 'tool-result',
    callId: readName(block['tool_use_id'], `${param}.tool_use_id`),
    content: (optional(block['content'], `${param}.content`, decodeContent) ?? []).map(resultPart),
    ...(block['is_error'] === true ? { failed: true } : {}),
    ...decodeCache(block),
  };
}

/** What else a tool may answer with (a search result, a tool reference) is at least readable as JSON. */
function resultPart(part: Part): TextPart | ImagePart | FilePart {
  if (part.type === 'text' || part.type === 'image' || part.type === 'file') return part;
  if (part.type === 'opaque') return { type: 'text', text: JSON.stringify(part.value) };
  throw invalid('messages', `a tool result cannot hold a ${part.type} block`);
}
