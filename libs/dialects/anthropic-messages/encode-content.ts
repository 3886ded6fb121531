import { inputOf } from '../json/index.js';
import type { Dropped } from '../neutral/dropped.js';
import type {
  AudioPart,
  CacheMark,
  FilePart,
  ImagePart,
  Part,
  Source,
  TextPart,
  ToolCallPart,
  ToolResultPart,
} from '../neutral/index.js';
import { safeId } from '../neutral/safe-id.js';
import { encodeCitations } from './citations.js';
import { encodeReasoning } from './reasoning.js';
import type {
  CacheControl,
  ContentBlockParam,
  DocumentBlockParam,
  ImageBlockParam,
  TextBlockParam,
  ToolResultBlockParam,
} from './types.js';

const OWN = 'anthropic-messages';

export function encodeCache(cache: CacheMark | undefined): { cache_control?: CacheControl } {
  if (!cache) return {};
  return { cache_control: cache.life === '1h' ? { type: 'ephemeral', ttl: '1h' } : { type: 'ephemeral' } };
}

/** Parts as the blocks that the API takes from a client; what it cannot take is noted in `dropped`. */
export function encodeParts(parts: readonly Part[], dropped: Dropped): ContentBlockParam[] {
  return parts.map((part) => encodePart(part, dropped)).filter((block) => block !== undefined);
}

function encodePart(part: Part, dropped: Dropped): ContentBlockParam | undefined {
  switch (part.type) {
    case 'text':
      return encodeText(part);
    case 'refusal':
      return encodeText({ type: 'text', text: part.text });
    case 'image':
      return encodeImage(part, dropped);
    case 'file':
      return encodeFile(part, dropped);
    case 'audio':
      return encodeAudio(part, dropped);
    case 'tool-call':
      if (part.signature !== undefined) dropped.add('signature');
      return encodeToolCall(part);
    case 'tool-result':
      return encodeToolResult(part, dropped);
    case 'reasoning':
      if (part.dialect === OWN) return encodeReasoning(part);
      dropped.add('thinking');
      return undefined;
    case 'opaque':
      if (part.dialect === OWN) return part.value as ContentBlockParam;
      dropped.add('opaque');
      return undefined;
  }
}

/** The API refuses text blocks of nothing but white space. */
export function encodeText({ text, citations, cache }: TextPart): TextBlockParam | undefined {
  if (text.trim() === '') return undefined;
  const own = encodeCitations(citations?.filter(({ raw }) => raw.dialect === OWN));
  return {
    type: 'text',
    text,
    ...(own.length === 0 ? {} : { citations: own }),
    ...encodeCache(cache),
  } as TextBlockParam;
}

type ImageMedia = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

function encodeImage(part: ImagePart, dropped: Dropped): ImageBlockParam | undefined {
  if (part.detail !== undefined && part.detail !== 'auto') dropped.add('detail');
  const source = encodeImageSource(part.source);
  if (!source) dropped.add('image');
  return source && { type: 'image', source, ...encodeCache(part.cache) };
}

function encodeImageSource(source: Source): ImageBlockParam['source'] | undefined {
  switch (source.kind) {
    case 'url':
      return { type: 'url', url: source.url };
    case 'base64':
      return { type: 'base64', media_type: source.mediaType as ImageMedia, data: source.data };
    case 'id':
      return source.dialect === OWN ? ({ type: 'file', file_id: source.id } as ImageBlockParam['source']) : undefined;
  }
}

function encodeFile(part: FilePart, dropped: Dropped): DocumentBlockParam | ImageBlockParam | undefined {
  if (part.source.kind === 'base64' && part.source.mediaType.startsWith('image/')) {
    return encodeImage({ type: 'image', source: part.source, ...(part.cache && { cache: part.cache }) }, dropped);
  }
  const source = encodeFileSource(part.source);
  if (!source) dropped.add('file');
  return (
    source && {
      type: 'document',
      source,
      ...(part.name === undefined ? {} : { title: part.name }),
      ...encodeCache(part.cache),
    }
  );
}

const READABLE = /^(text\/|application\/(json|xml|yaml|x-yaml|javascript)\b)/;

/** PDFs as they are, anything readable as plain text; the API takes no other kind of document. */
function encodeFileSource(source: Source): DocumentBlockParam['source'] | undefined {
  if (source.kind === 'url') return { type: 'url', url: source.url };
  if (source.kind === 'id') {
    return source.dialect === OWN ? ({ type: 'file', file_id: source.id } as DocumentBlockParam['source']) : undefined;
  }
  if (source.mediaType === 'application/pdf') {
    return { type: 'base64', media_type: 'application/pdf', data: source.data };
  }
  if (!READABLE.test(source.mediaType)) return undefined;
  return { type: 'text', media_type: 'text/plain', data: Buffer.from(source.data, 'base64').toString('utf8') };
}

/** The API hears nothing; an assistant's earlier words may go on as text. */
function encodeAudio(part: AudioPart, dropped: Dropped): TextBlockParam | undefined {
  if (part.transcript !== undefined) return encodeText({ type: 'text', text: part.transcript });
  dropped.add('audio');
  return undefined;
}

function encodeToolCall(part: ToolCallPart): ContentBlockParam {
  return {
    type: 'tool_use',
    id: safeId(part.id),
    name: part.name,
    input: inputOf(part.arguments),
    ...encodeCache(part.cache),
  };
}

function encodeToolResult(part: ToolResultPart, dropped: Dropped): ToolResultBlockParam {
  const content = part.content
    .map((item) =>
      item.type === 'text'
        ? encodeText(item)
        : item.type === 'image'
          ? encodeImage(item, dropped)
          : encodeFile(item, dropped),
    )
    .filter((block) => block !== undefined);
  return {
    type: 'tool_result',
    tool_use_id: safeId(part.callId),
    ...(content.length === 0 ? {} : { content: singleText(content) }),
    ...(part.failed ? { is_error: true } : {}),
    ...encodeCache(part.cache),
  };
}

type ResultBlock = TextBlockParam | ImageBlockParam | DocumentBlockParam;

/** One plain text is written as the string it is. */
const singleText = (content: ResultBlock[]): string | ResultBlock[] => {
  const [only, ...others] = content;
  return only?.type === 'text' && others.length === 0 && !only.cache_control ? only.text : content;
};
