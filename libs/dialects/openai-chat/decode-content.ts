import { invalid, isObject, optional, readArray, readName, readObject, readString, textOf } from '../json/index.js';
import type { CacheMark, JsonObject, Part, ReasoningPart } from '../neutral/index.js';
import { mediaTypeOfAudio, sourceOfUrl } from './media.js';

/** `content` as a string or as a list of parts. A part of a type we do not know is kept whole, for vendors that do. */
export function decodeContent(content: unknown, param: string): Part[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) throw invalid(param, 'must be a string or an array of parts');
  return readArray(readPart)(content, param) as Part[];
}

function readPart(value: unknown, param: string): Part {
  const part = readObject(value, param);
  switch (readString(part['type'], `${param}.type`)) {
    case 'text':
      return { type: 'text', text: readString(part['text'], `${param}.text`), ...cacheOf(part) };
    case 'refusal':
      return { type: 'refusal', text: readString(part['refusal'], `${param}.refusal`) };
    case 'image_url':
      return imagePart(part, param);
    case 'input_audio':
      return audioPart(part, param);
    case 'file':
      return filePart(part, param);
    case 'document_url':
      return documentPart(part, 'document_url', param);
    case 'file_url':
      return documentPart(part, 'file_url', param);
    case 'thinking':
      return decodeThinkingPart(part);
    default:
      return { type: 'opaque', dialect: 'openai-chat', value: part };
  }
}

/** OpenAI's `prompt_cache_breakpoint`, or Anthropic's `cache_control` as OpenRouter takes it. */
function cacheOf(part: JsonObject): { readonly cache?: CacheMark } {
  const control = part['cache_control'];
  if (isObject(control)) return { cache: { life: control['ttl'] === '1h' ? '1h' : '5m' } };
  return isObject(part['prompt_cache_breakpoint']) ? { cache: { life: '5m' } } : {};
}

/** Mistral also takes the URL itself. */
function imagePart(part: JsonObject, param: string): Part {
  const image = part['image_url'];
  const { url, detail } = typeof image === 'string' ? { url: image } : readObject(image, `${param}.image_url`);
  const level = optional(detail, `${param}.image_url.detail`, readString);
  return {
    type: 'image',
    source: sourceOfUrl(readName(url, `${param}.image_url.url`)),
    ...(level === undefined ? {} : { detail: level }),
    ...cacheOf(part),
  };
}

function audioPart(part: JsonObject, param: string): Part {
  const audio = readObject(part['input_audio'], `${param}.input_audio`);
  const data = readString(audio['data'], `${param}.input_audio.data`);
  const format = readName(audio['format'], `${param}.input_audio.format`);
  return { type: 'audio', source: { kind: 'base64', mediaType: mediaTypeOfAudio(format), data } };
}

function filePart(part: JsonObject, param: string): Part {
  const file = readObject(part['file'], `${param}.file`);
  const name = optional(file['filename'], `${param}.file.filename`, readString);
  const id = optional(file['file_id'], `${param}.file.file_id`, readName);
  const data = optional(file['file_data'], `${param}.file.file_data`, readName);
  if (id === undefined && data === undefined) throw invalid(`${param}.file`, 'needs file_id or file_data');
  return {
    type: 'file',
    source: data === undefined ? { kind: 'id', id: id ?? '', dialect: 'openai-chat' } : fileSource(data),
    ...(name === undefined ? {} : { name }),
    ...cacheOf(part),
  };
}

/** OpenAI wants a data URL, and takes bare base64 of a PDF too. */
const fileSource = (data: string) =>
  /^(data|https?):/.test(data) ? sourceOfUrl(data) : ({ kind: 'base64', mediaType: 'application/pdf', data } as const);

/** Mistral's and Perplexity's files by URL. */
function documentPart(part: JsonObject, key: 'document_url' | 'file_url', param: string): Part {
  const inner = part[key];
  const url = isObject(inner) ? inner['url'] : inner;
  const name = textOf(part['document_name']) ?? textOf(part['file_name']);
  return {
    type: 'file',
    source: sourceOfUrl(readName(url, `${param}.${key}`)),
    ...(name === undefined ? {} : { name }),
  };
}

/** Mistral's thinking: a list of text chunks. */
export function decodeThinkingPart(part: JsonObject): ReasoningPart {
  const chunks = Array.isArray(part['thinking']) ? part['thinking'] : [];
  const text = typeof part['thinking'] === 'string' ? part['thinking'] : chunks.map(chunkText).join('');
  return { type: 'reasoning', dialect: 'openai-chat', text };
}

const chunkText = (chunk: unknown): string => (isObject(chunk) ? (textOf(chunk['text']) ?? '') : '');
