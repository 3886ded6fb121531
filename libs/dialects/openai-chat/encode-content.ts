import type { Droppable, FilePart, ImagePart, JsonObject, Part, TextPart } from '../neutral/index.js';
import { audioFormatOf, urlOfSource } from './media.js';
import type { Vendor } from './vendors.js';

/** What the encoder of messages works with: the vendor's ways, and where it says what it had to leave out. */
export interface Writing {
  readonly vendor: Vendor;
  /** Whether the client spoke this dialect, so that marks of OpenAI's own may be sent. */
  readonly native: boolean;
  drop(what: Droppable): void;
}

/** A list of text as `content`: one string where that says the same or is all the vendor takes. */
export function encodeText(parts: readonly TextPart[], writing: Writing): string | JsonObject[] {
  const [first] = parts;
  if (!first) return '';
  const marked = parts.some((part) => part.cache !== undefined && cacheMember(part, writing));
  if (writing.vendor.oneString) {
    for (const part of parts) encodeCache(part, writing);
    return parts.map((part) => part.text).join('\n\n');
  }
  if (parts.length > 1 || marked) return parts.map((part) => encodePart(part, writing)).filter((part) => part !== null);
  encodeCache(first, writing);
  return first.text;
}

/** One part of a user's message; null where it cannot be said. */
export function encodePart(part: Part, writing: Writing): JsonObject | null {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text, ...encodeCache(part, writing) };
    case 'image':
      return imagePart(part, writing);
    case 'file':
      return filePart(part, writing);
    case 'audio':
      if (part.source.kind === 'base64') {
        const { data, mediaType } = part.source;
        return { type: 'input_audio', input_audio: { data, format: audioFormatOf(mediaType) } };
      }
      break;
    case 'refusal':
      return { type: 'refusal', refusal: part.text };
    case 'opaque':
      if (part.dialect === 'openai-chat') return part.value as JsonObject;
      break;
  }
  writing.drop(part.type === 'reasoning' ? 'thinking' : part.type);
  return null;
}

function imagePart(part: ImagePart, writing: Writing): JsonObject | null {
  const url = urlOfSource(part.source);
  if (url === undefined) {
    writing.drop('image');
    return null;
  }
  const detail = part.detail === undefined ? {} : { detail: part.detail };
  return { type: 'image_url', image_url: { url, ...detail }, ...encodeCache(part, writing) };
}

function filePart(part: FilePart, writing: Writing): JsonObject | null {
  const { source, name } = part;
  const filename = name === undefined ? {} : { filename: name };
  if (source.kind === 'base64') {
    if (source.mediaType.startsWith('text/')) return textFile(source.data, part, writing);
    const file = { filename: 'file', ...filename, file_data: urlOfSource(source) };
    return { type: 'file', file, ...encodeCache(part, writing) };
  }
  if (source.kind === 'id' && source.dialect.startsWith('openai')) {
    return { type: 'file', file: { ...filename, file_id: source.id }, ...encodeCache(part, writing) };
  }
  if (source.kind === 'url') {
    switch (writing.vendor.fileUrl) {
      case 'document_url':
        return {
          type: 'document_url',
          document_url: source.url,
          ...(name === undefined ? {} : { document_name: name }),
        };
      case 'file_url':
        return { type: 'file_url', file_url: { url: source.url } };
      case 'file':
        return { type: 'file', file: { ...filename, file_data: source.url }, ...encodeCache(part, writing) };
    }
  }
  writing.drop('file');
  return null;
}

/** Chat models take PDFs as files and plain text as text. */
function textFile(base64: string, part: FilePart, writing: Writing): JsonObject {
  const text = Buffer.from(base64, 'base64').toString('utf8');
  return {
    type: 'text',
    text: part.name === undefined ? text : `${part.name}\n\n${text}`,
    ...encodeCache(part, writing),
  };
}

/** The member that marks a prefix for the prompt cache, if this vendor has one. */
function encodeCache(part: Pick<TextPart, 'cache'>, writing: Writing): JsonObject {
  if (part.cache === undefined) return {};
  const member = cacheMember(part, writing);
  if (!member) writing.drop('cache');
  return member ?? {};
}

function cacheMember({ cache }: Pick<TextPart, 'cache'>, { vendor, native }: Writing): JsonObject | undefined {
  if (vendor.cacheMark === 'cache_control') {
    return { cache_control: { type: 'ephemeral', ...(cache?.life === '1h' ? { ttl: '1h' } : {}) } };
  }
  return vendor.cacheMark === 'prompt_cache_breakpoint' && native
    ? { prompt_cache_breakpoint: { mode: 'explicit' } }
    : undefined;
}
