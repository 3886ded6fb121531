import { objectOf, textOf } from '../json/index.js';
import type { FilePart, ImagePart, JsonObject, Source } from '../neutral/index.js';
import type { Bytes, DocumentBlock, ImageBlock } from './types.js';

const OWN = 'bedrock-converse';

const DOCUMENTS: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html',
  txt: 'text/plain',
  md: 'text/markdown',
};
const IMAGES: ReadonlySet<string> = new Set(['png', 'jpeg', 'gif', 'webp']);

function decodeSource(value: unknown, mediaType: string): Source {
  const source = objectOf(value);
  const uri = textOf(objectOf(source['s3Location'])['uri']);
  if (uri !== undefined) return { kind: 'id', id: uri, dialect: OWN, mediaType };
  const text = textOf(source['text']);
  const data = text === undefined ? (textOf(source['bytes']) ?? '') : Buffer.from(text).toString('base64');
  return { kind: 'base64', mediaType, data };
}

export function decodeImage(image: JsonObject): ImagePart {
  return { type: 'image', source: decodeSource(image['source'], `image/${textOf(image['format']) ?? 'png'}`) };
}

export function decodeDocument(document: JsonObject): FilePart {
  const name = textOf(document['name']);
  const mediaType = DOCUMENTS[textOf(document['format']) ?? 'txt'] ?? 'application/octet-stream';
  return { type: 'file', source: decodeSource(document['source'], mediaType), ...(name === undefined ? {} : { name }) };
}

/** Bytes or a place in S3: the API fetches no other address. */
function encodeSource(source: Source): Bytes | undefined {
  if (source.kind === 'base64') return { bytes: source.data };
  return source.kind === 'id' && source.dialect === OWN ? { s3Location: { uri: source.id } } : undefined;
}

/** Undefined for what the API does not take. */
export function encodeImage({ source }: Pick<ImagePart, 'source'>): ImageBlock | undefined {
  const format = source.kind === 'url' ? undefined : source.mediaType?.replace(/^image\//, '').replace('jpg', 'jpeg');
  const wire = encodeSource(source);
  return wire && format && IMAGES.has(format) ? { image: { format, source: wire } } : undefined;
}

/** Names hold letters, digits, single spaces, hyphens, parentheses and brackets, and no ending by which a model could be led. */
const documentName = (name: string | undefined): string =>
  (name ?? 'document')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replaceAll(/[^a-zA-Z0-9\-()[\]]+/g, ' ')
    .trim()
    .slice(0, 200) || 'document';

export function encodeDocument({ source, name }: FilePart): DocumentBlock | ImageBlock | undefined {
  if (source.kind !== 'url' && source.mediaType?.startsWith('image/')) return encodeImage({ source });
  const mediaType = source.kind === 'url' ? undefined : source.mediaType;
  const known = Object.entries(DOCUMENTS).find(([, type]) => type === mediaType)?.[0];
  const format = known ?? (mediaType?.startsWith('text/') || mediaType === 'application/json' ? 'txt' : undefined);
  const wire = encodeSource(source);
  return wire && format ? { document: { format, name: documentName(name), source: wire } } : undefined;
}
