import { textOf } from '../json/index.js';
import type { AudioPart, FilePart, ImagePart, JsonObject, Source } from '../neutral/index.js';
import { member } from './member.js';
import type { WirePart } from './types.js';

const OWN = 'gemini';
/** Files that only Google can fetch: its Files API and Cloud Storage. */
const GOOGLES_OWN = /^(gs:\/\/|https:\/\/generativelanguage\.googleapis\.com\/)/;

type Media = ImagePart | AudioPart | FilePart;

/** `inlineData` or `fileData` of a part; undefined where it has neither. */
export function decodeMedia(part: JsonObject): Media | undefined {
  const inline = member(part, 'inlineData') as JsonObject | undefined;
  const file = member(part, 'fileData') as JsonObject | undefined;
  const wire = inline ?? file;
  if (!wire) return undefined;
  const mediaType = textOf(member(wire, 'mimeType'));
  const source = inline ? bytesOf(inline, mediaType) : placeOf(textOf(member(wire, 'fileUri')) ?? '', mediaType);
  const name = textOf(member(wire, 'displayName'));
  if (mediaType?.startsWith('image/')) return { type: 'image', source };
  if (mediaType?.startsWith('audio/')) return { type: 'audio', source };
  return { type: 'file', source, ...(name === undefined ? {} : { name }) };
}

const bytesOf = (inline: JsonObject, mediaType = 'application/octet-stream'): Source => ({
  kind: 'base64',
  mediaType,
  data: textOf(inline['data']) ?? '',
});

function placeOf(uri: string, mediaType: string | undefined): Source {
  const typed = mediaType === undefined ? {} : { mediaType };
  return GOOGLES_OWN.test(uri) ? { kind: 'id', id: uri, dialect: OWN, ...typed } : { kind: 'url', url: uri, ...typed };
}

const BY_EXTENSION: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  mp3: 'audio/mp3',
  wav: 'audio/wav',
  mp4: 'video/mp4',
};
const FALLBACK = { image: 'image/jpeg', audio: 'audio/mp3', file: 'application/pdf' } as const;

/** The API wants a type with every address; where nobody said, the ending of the path tells. */
function typeOfUrl(url: string, fallback: string): string {
  const ending = /\.([a-z0-9]+)(?:[?#]|$)/i.exec(url)?.[1]?.toLowerCase();
  return (ending && BY_EXTENSION[ending]) ?? fallback;
}

/** Undefined for another provider's file id, which nobody else can read. */
export function encodeMedia({ type, source }: Pick<Media, 'type' | 'source'>, name?: string): WirePart | undefined {
  const named = name === undefined ? {} : { displayName: name };
  switch (source.kind) {
    case 'base64':
      return { inlineData: { mimeType: source.mediaType, data: source.data, ...named } };
    case 'url':
      return {
        fileData: {
          fileUri: source.url,
          mimeType: source.mediaType ?? typeOfUrl(source.url, FALLBACK[type]),
          ...named,
        },
      };
    case 'id':
      if (source.dialect !== OWN) return undefined;
      return {
        fileData: {
          fileUri: source.id,
          ...(source.mediaType === undefined ? {} : { mimeType: source.mediaType }),
          ...named,
        },
      };
  }
}
