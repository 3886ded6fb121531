import type { Source } from '../neutral/index.js';

const DATA_URL = /^data:([^;,]+)(?:;[^;,]+)*;base64,/;

/** A URL as a source: bytes where it is a base64 data URL, a place to fetch otherwise. */
export function sourceOfUrl(url: string): Source {
  const match = url.startsWith('data:') ? DATA_URL.exec(url.slice(0, 256)) : null;
  return match ? { kind: 'base64', mediaType: match[1] ?? '', data: url.slice(match[0].length) } : { kind: 'url', url };
}

/** The source as a URL, inline where it is bytes; undefined for a provider's own id. */
export function urlOfSource(source: Source): string | undefined {
  if (source.kind === 'id') return undefined;
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`;
}

const MEDIA_TYPES: ReadonlyMap<string, string> = new Map([
  ['mp3', 'audio/mpeg'],
  ['wav', 'audio/wav'],
  ['m4a', 'audio/mp4'],
  ['pcm16', 'audio/pcm'],
]);
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['audio/mpeg', 'mp3'],
  ['audio/x-wav', 'wav'],
  ['audio/mp4', 'm4a'],
  ['audio/pcm', 'pcm16'],
]);

/** `mp3` → `audio/mpeg`; formats that are their own subtype need no entry. */
export const mediaTypeOfAudio = (format: string): string => MEDIA_TYPES.get(format) ?? `audio/${format}`;
export const audioFormatOf = (mediaType: string): string => FORMATS.get(mediaType) ?? mediaType.replace(/^audio\//, '');
