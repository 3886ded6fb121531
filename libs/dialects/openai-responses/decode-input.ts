import {
  defined,
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
import type { FilePart, ImagePart, JsonObject, Message, Part, TextPart } from '../neutral/index.js';
import { mediaTypeOfAudio, sourceOfUrl } from '../openai-chat/media.js';
import { decodeReasoning, type SealedCalls } from './reasoning.js';

const readRole = readOneOf('system', 'developer', 'user', 'assistant');

/** `input`: a text, or a list of items. Items of the assistant that follow one another are one message. */
export function decodeInput(value: unknown): Message[] {
  if (typeof value === 'string') return [{ role: 'user', parts: [{ type: 'text', text: value }] }];
  if (!Array.isArray(value)) throw invalid('input', 'must be a string or an array of items');
  const messages: Message[] = [];
  const sealed: SealedCalls = new Map();
  readArray(readObject)(value, 'input').forEach((item, index) => {
    const message = decodeItem(item, `input.${index}`, sealed);
    const before = messages.at(-1);
    if (!message) return;
    if (message.role === 'assistant' && before?.role === 'assistant') {
      messages[messages.length - 1] = { ...before, parts: [...before.parts, ...message.parts] };
    } else messages.push(message);
  });
  return messages;
}

/** Null for a reasoning item that only carried the proof of a call. */
function decodeItem(item: JsonObject, param: string, sealed: SealedCalls): Message | null {
  switch (optional(item['type'], `${param}.type`, readString) ?? 'message') {
    case 'message': {
      const role = readRole(item['role'], `${param}.role`);
      return { role, parts: decodeContent(item['content'], `${param}.content`) };
    }
    case 'reasoning': {
      const part = decodeReasoning(item, sealed);
      return part ? { role: 'assistant', parts: [part] } : null;
    }
    case 'function_call': {
      const id = readName(item['call_id'], `${param}.call_id`);
      const signature = sealed.get(id);
      return {
        role: 'assistant',
        parts: [
          {
            type: 'tool-call',
            id,
            name: readName(item['name'], `${param}.name`),
            arguments: readString(item['arguments'], `${param}.arguments`) || '{}',
            ...(signature === undefined ? {} : { signature }),
          },
        ],
      };
    }
    case 'function_call_output':
      return { role: 'tool', parts: [decodeResult(item, param)] };
    default:
      return { role: 'assistant', parts: [{ type: 'opaque', dialect: 'openai-responses', value: item }] };
  }
}

function decodeResult(item: JsonObject, param: string): Part {
  const output = decodeContent(item['output'], `${param}.output`);
  return {
    type: 'tool-result',
    callId: readName(item['call_id'], `${param}.call_id`),
    content: output.filter(
      (part): part is TextPart | ImagePart | FilePart =>
        part.type === 'text' || part.type === 'image' || part.type === 'file',
    ),
  };
}

function decodeContent(content: unknown, param: string): Part[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) throw invalid(param, 'must be a string or an array of parts');
  return readArray<Part>(readPart)(content, param) as Part[];
}

function readPart(value: unknown, param: string): Part {
  const part = readObject(value, param);
  switch (readString(part['type'], `${param}.type`)) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return defined<TextPart>({
        type: 'text',
        text: readString(part['text'], `${param}.text`),
        cache: isObject(part['prompt_cache_breakpoint']) ? { life: '5m' } : undefined,
      });
    case 'refusal':
      return { type: 'refusal', text: readString(part['refusal'], `${param}.refusal`) };
    case 'input_image':
      return imagePart(part, param);
    case 'input_file':
      return filePart(part, param);
    case 'input_audio': {
      const audio = readObject(part['input_audio'], `${param}.input_audio`);
      const data = readString(audio['data'], `${param}.input_audio.data`);
      const mediaType = mediaTypeOfAudio(readName(audio['format'], `${param}.input_audio.format`));
      return { type: 'audio', source: { kind: 'base64', mediaType, data } };
    }
    default:
      return { type: 'opaque', dialect: 'openai-responses', value: part };
  }
}

function imagePart(part: JsonObject, param: string): ImagePart {
  const url = optional(part['image_url'], `${param}.image_url`, readName);
  const id = optional(part['file_id'], `${param}.file_id`, readName);
  const detail = optional(part['detail'], `${param}.detail`, readString);
  if (url === undefined && id === undefined) throw invalid(param, 'needs image_url or file_id');
  return {
    type: 'image',
    source: url === undefined ? { kind: 'id', id: id ?? '', dialect: 'openai-responses' } : sourceOfUrl(url),
    ...(detail === undefined ? {} : { detail }),
  };
}

function filePart(part: JsonObject, param: string): FilePart {
  const id = optional(part['file_id'], `${param}.file_id`, readName);
  const url = optional(part['file_url'], `${param}.file_url`, readName);
  const data = optional(part['file_data'], `${param}.file_data`, readName);
  const name = textOf(part['filename']);
  const said = data ?? url;
  if (said === undefined && id === undefined) throw invalid(param, 'needs file_id, file_url or file_data');
  const source =
    said === undefined
      ? ({ kind: 'id', id: id ?? '', dialect: 'openai-responses' } as const)
      : /^(data|https?):/.test(said)
        ? sourceOfUrl(said)
        : ({ kind: 'base64', mediaType: 'application/pdf', data: said } as const);
  return { type: 'file', source, ...(name === undefined ? {} : { name }) };
}
