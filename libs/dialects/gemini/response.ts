import { TollgateError } from '#libs/core';
import type { DecodeContext, Reply } from '../dialect.js';
import { arrayOf, defined, isObject, objectOf, textOf } from '../json/index.js';
import type { ChatResponse, Choice, JsonObject, Part, TextPart } from '../neutral/index.js';
import { sealProof } from '../neutral/proof.js';
import { decodeText, opaque } from './decode-contents.js';
import { encodeCall, encodeThought } from './encode-contents.js';
import { blockedFinish, decodeFinish, encodeFinish } from './finish.js';
import { decodeCitations, encodeCitations, isSources, sourcesOf } from './grounding.js';
import { AnswerIds } from './ids.js';
import { decodeLogprobs, encodeLogprobs } from './logprobs.js';
import { decodeMedia } from './media.js';
import type { WireCandidate, WirePart, WireResponse } from './types.js';
import { encodeUsage, usageOf } from './usage.js';

const OWN = 'gemini';

/** A whole answer of `generateContent`. Throws `upstream_error` on anything else. */
export function decodeResponse(body: JsonObject, context: DecodeContext): ChatResponse {
  const blocked = objectOf(body['promptFeedback'])['blockReason'];
  if (!Array.isArray(body['candidates']) && blocked === undefined && !isObject(body['usageMetadata'])) {
    throw new TollgateError('upstream_error', 'The provider answered in an unexpected form.', {
      detail: `no candidates: ${JSON.stringify(body).slice(0, 200)}`,
    });
  }
  const ids = new AnswerIds(textOf(body['responseId']));
  const choices = arrayOf(body['candidates'])
    .filter(isObject)
    .map((candidate, index) => decodeCandidate(candidate, index, ids, context));
  return defined<ChatResponse>({
    id: textOf(body['responseId']) ?? '',
    model: textOf(body['modelVersion']) ?? '',
    choices: choices.length > 0 ? choices : [{ index: 0, parts: [], finish: blockedFinish(blocked) }],
    usage: usageOf(body),
  });
}

function decodeCandidate(candidate: JsonObject, place: number, ids: AnswerIds, context: DecodeContext): Choice {
  const wire = arrayOf(objectOf(candidate['content'])['parts']).filter(isObject);
  const parts = joinTexts(wire.flatMap((part) => decodePart(part, ids, context)));
  const sources = sourcesOf(candidate);
  const logprobs = decodeLogprobs(candidate['logprobsResult']);
  const called = parts.some(({ type }) => type === 'tool-call');
  return {
    index: typeof candidate['index'] === 'number' ? candidate['index'] : place,
    parts: sources ? [...withCitations(parts, sources), opaque(sources)] : parts,
    finish: decodeFinish(candidate['finishReason'], called),
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}

/** One part of an answer; the call of the stand-in for structured output is the answer's text. */
export function decodePart(part: JsonObject, ids: AnswerIds, { outputTool }: DecodeContext): readonly Part[] {
  if (typeof part['text'] === 'string') return decodeText(part, part['text']);
  if (isObject(part['functionCall'])) {
    const call = part['functionCall'];
    const name = textOf(call['name']) ?? '';
    const json = JSON.stringify(objectOf(call['args']));
    if (name === outputTool) return [{ type: 'text', text: json }];
    const signature = textOf(part['thoughtSignature']);
    const signed = signature === undefined ? {} : { signature };
    return [{ type: 'tool-call', id: textOf(call['id']) ?? ids.next(), name, arguments: json, ...signed }];
  }
  const media = decodeMedia(part);
  return [media?.type === 'audio' ? media : opaque(part)];
}

/** The API cuts one text into several parts wherever it likes; thoughts too. */
function joinTexts(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.type === 'text' && last?.type === 'text')
      joined[joined.length - 1] = { ...last, text: last.text + part.text };
    else if (
      part.type === 'reasoning' &&
      last?.type === 'reasoning' &&
      last.signature === undefined &&
      last.text !== ''
    ) {
      joined[joined.length - 1] = { ...last, ...part, text: last.text + part.text };
    } else if (part.type !== 'text' || part.text !== '') joined.push(part);
  }
  return joined;
}

/** Passages are counted over the whole answer, which nearly always is one text: they go to the longest. */
function withCitations(parts: readonly Part[], sources: JsonObject): readonly Part[] {
  const texts = parts.filter((part): part is TextPart => part.type === 'text');
  const cited = texts.toSorted((a, b) => b.text.length - a.text.length)[0];
  const citations = cited ? decodeCitations(sources, cited.text) : [];
  return citations.length === 0 ? parts : parts.map((part) => (part === cited ? { ...cited, citations } : part));
}

/** An answer for a client of `generateContent`. */
export function encodeResponse(response: ChatResponse, reply: Reply): JsonObject {
  const body: WireResponse = {
    candidates: response.choices.map(encodeCandidate),
    ...(response.usage ? { usageMetadata: encodeUsage(response.usage.tokens) } : {}),
    modelVersion: reply.model,
    responseId: response.id || reply.callId,
  };
  return body as unknown as JsonObject;
}

function encodeCandidate({ index, parts, finish, logprobs }: Choice): WireCandidate {
  const sources = parts.flatMap((part) => (part.type === 'opaque' && isSources(part.value) ? [part.value] : []));
  const cited = parts.find((part) => part.type === 'text' && part.citations !== undefined) as TextPart | undefined;
  const grounding = cited && encodeCitations(cited.citations ?? [], cited.text);
  const logprobsResult = encodeLogprobs(logprobs);
  return {
    content: { role: 'model', parts: parts.flatMap(encodePart) },
    finishReason: encodeFinish(finish),
    index,
    ...(grounding ? { groundingMetadata: grounding } : {}),
    ...Object.assign({}, ...sources),
    ...(logprobsResult ? { logprobsResult } : {}),
  };
}

/** Reasoning as this surface shows it: own as it was, another provider's as a thought with its proof sealed in. */
export function encodeReasoning(part: Omit<Extract<Part, { type: 'reasoning' }>, 'type'>): WirePart {
  if (part.dialect === OWN) return encodeThought(part.text, part.signature);
  const { text, ...proof } = part;
  return { text, thought: true, thoughtSignature: sealProof(proof) };
}

/** A part of an answer; parts that this dialect has no words for are none. */
function encodePart(part: Part): readonly WirePart[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [{ text: part.text }];
    case 'audio':
      if (part.source.kind !== 'base64') return part.transcript === undefined ? [] : [{ text: part.transcript }];
      return [{ inlineData: { mimeType: part.source.mediaType, data: part.source.data } }];
    case 'reasoning': {
      const { type: _, ...reasoning } = part;
      return [encodeReasoning(reasoning)];
    }
    case 'tool-call':
      return [encodeCall(part)];
    case 'opaque':
      return part.dialect === OWN && !isSources(part.value) ? [part.value as WirePart] : [];
    default:
      return [];
  }
}
