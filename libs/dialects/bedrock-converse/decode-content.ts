import { arrayOf, isObject, objectOf, textOf } from '../json/index.js';
import type {
  CacheMark,
  Citation,
  FilePart,
  ImagePart,
  JsonObject,
  Part,
  ReasoningPart,
  TextPart,
} from '../neutral/index.js';
import { openProof } from '../neutral/proof.js';
import { decodeDocument, decodeImage } from './media.js';

const OWN = 'bedrock-converse';

/** Blocks as parts; a cache point is a mark on the part before it. */
export function decodeBlocks(value: unknown): readonly Part[] {
  const parts: Part[] = [];
  for (const block of arrayOf(value).filter(isObject)) {
    const cache = decodeCachePoint(block);
    const last = parts.at(-1);
    if (!cache) parts.push(decodeBlock(block));
    else if (last && takesCache(last)) parts[parts.length - 1] = { ...last, cache };
  }
  return parts;
}

export function decodeCachePoint(block: JsonObject): CacheMark | undefined {
  if (!isObject(block['cachePoint'])) return undefined;
  return { life: block['cachePoint']['ttl'] === '1h' ? '1h' : '5m' };
}

const takesCache = (part: Part): part is Extract<Part, { cache?: CacheMark }> =>
  ['text', 'image', 'file', 'tool-call', 'tool-result'].includes(part.type);

/** A block of a message, of an answer or of a tool's result. */
export function decodeBlock(block: JsonObject): Part {
  if (typeof block['text'] === 'string') return { type: 'text', text: block['text'] };
  if (isObject(block['image'])) return decodeImage(block['image']);
  if (isObject(block['document'])) return decodeDocument(block['document']);
  if (isObject(block['toolUse'])) return decodeToolUse(block['toolUse']);
  if (isObject(block['toolResult'])) return decodeToolResult(block['toolResult']);
  if (isObject(block['reasoningContent'])) return decodeReasoning(block['reasoningContent']);
  if (isObject(block['citationsContent'])) return decodeCited(block['citationsContent']);
  return { type: 'opaque', dialect: OWN, value: block };
}

function decodeToolUse(use: JsonObject): Part {
  return {
    type: 'tool-call',
    id: textOf(use['toolUseId']) ?? '',
    name: textOf(use['name']) ?? '',
    arguments: JSON.stringify(use['input'] ?? {}),
  };
}

function decodeToolResult(result: JsonObject): Part {
  const content = arrayOf(result['content'])
    .filter(isObject)
    .map((item) => ('json' in item ? textPart(JSON.stringify(item['json'])) : decodeBlock(item)))
    .map(asResult);
  return {
    type: 'tool-result',
    callId: textOf(result['toolUseId']) ?? '',
    content,
    ...(result['status'] === 'error' ? { failed: true } : {}),
  };
}

const textPart = (text: string): TextPart => ({ type: 'text', text });

const asResult = (part: Part): TextPart | ImagePart | FilePart =>
  part.type === 'text' || part.type === 'image' || part.type === 'file' ? part : textPart(JSON.stringify(part));

/** One whose signature is another provider's sealed proof is that provider's reasoning again. */
export function decodeReasoning(content: JsonObject): ReasoningPart {
  const redacted = textOf(content['redactedContent']);
  if (redacted !== undefined) return { type: 'reasoning', dialect: OWN, text: '', encrypted: redacted };
  const reasoning = objectOf(content['reasoningText']);
  const text = textOf(reasoning['text']) ?? '';
  const signature = textOf(reasoning['signature']);
  const proof = openProof(signature);
  if (!proof) return { type: 'reasoning', dialect: OWN, text, ...(signature === undefined ? {} : { signature }) };
  const { callId: _, ...rest } = proof;
  return { type: 'reasoning', text, ...rest };
}

function decodeCited(content: JsonObject): Part {
  const text = arrayOf(content['content'])
    .map((item) => textOf(objectOf(item)['text']) ?? '')
    .join('');
  return { type: 'text', text, citations: arrayOf(content['citations']).filter(isObject).map(decodeCitation) };
}

export function decodeCitation(citation: JsonObject): Citation {
  const title = textOf(citation['title']);
  const url = textOf(objectOf(objectOf(citation['location'])['web'])['url']);
  const quoted = arrayOf(citation['sourceContent'])
    .map((item) => textOf(objectOf(item)['text']) ?? '')
    .join('');
  return {
    ...(quoted === '' ? {} : { text: quoted }),
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    raw: { dialect: OWN, value: citation },
  };
}
