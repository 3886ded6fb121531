import { TollgateError } from '#libs/core';
import type { DecodeContext, Reply } from '../dialect.js';
import { arrayOf, isObject, objectOf, textOf } from '../json/index.js';
import type { ChatResponse, JsonObject, Part } from '../neutral/index.js';
import { decodeAnnotation } from './citations.js';
import { decodeFinish, incompleteOf } from './finish.js';
import { encodeItems } from './items.js';
import { decodeReasoning, type SealedCalls } from './reasoning.js';
import { skeleton } from './skeleton.js';
import { encodeUsage, usageOf } from './usage.js';

/** Throws `upstream_error` when it is no response, or one that failed. */
export function decodeResponse(body: JsonObject, _context: DecodeContext): ChatResponse {
  if (!Array.isArray(body['output']) || body['status'] === 'failed') {
    throw new TollgateError('upstream_error', 'The provider sent no response, or one that failed.', {
      detail: textOf(objectOf(body['error'])['message']) ?? `members: ${Object.keys(body).slice(0, 20).join(', ')}`,
    });
  }
  const sealed: SealedCalls = new Map();
  const items = body['output'].filter(isObject);
  const parts = items.flatMap((item) => decodeItem(item, sealed));
  const logprobs = items.flatMap((item) =>
    arrayOf(item['content']).flatMap((piece) => arrayOf(objectOf(piece)['logprobs'])),
  );
  const usage = usageOf(body);
  const serviceTier = textOf(body['service_tier']);
  return {
    id: textOf(body['id']) ?? '',
    model: textOf(body['model']) ?? '',
    ...(typeof body['created_at'] === 'number' ? { createdSec: Math.floor(body['created_at']) } : {}),
    choices: [
      {
        index: 0,
        parts,
        finish: decodeFinish(body, new Set(parts.map((part) => part.type))),
        ...(logprobs.length === 0 ? {} : { logprobs: { content: logprobs, refusal: null } }),
      },
    ],
    ...(usage === undefined ? {} : { usage }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
  };
}

/** One item of the output as parts. What the provider did itself (searches, code it ran) is kept whole. */
export function decodeItem(item: JsonObject, sealed: SealedCalls): Part[] {
  switch (item['type']) {
    case 'message':
      return arrayOf(item['content']).filter(isObject).flatMap(decodePiece);
    case 'reasoning': {
      const part = decodeReasoning(item, sealed);
      return part ? [part] : [];
    }
    case 'function_call': {
      const id = textOf(item['call_id']) ?? textOf(item['id']) ?? '';
      const signature = sealed.get(id);
      const json = textOf(item['arguments']) || '{}';
      const proof = signature === undefined ? {} : { signature };
      return [{ type: 'tool-call', id, name: textOf(item['name']) ?? '', arguments: json, ...proof }];
    }
    default:
      return [{ type: 'opaque', dialect: 'openai-responses', value: item }];
  }
}

function decodePiece(piece: JsonObject): Part[] {
  if (piece['type'] === 'refusal') return [{ type: 'refusal', text: textOf(piece['refusal']) ?? '' }];
  if (piece['type'] !== 'output_text') return [];
  const text = textOf(piece['text']) ?? '';
  const citations = arrayOf(piece['annotations']).filter(isObject).map(decodeAnnotation);
  return [{ type: 'text', text, ...(citations.length === 0 ? {} : { citations }) }];
}

/** A `response` with every member that OpenAI's API description requires. This API gives one answer: the first choice. */
export function encodeResponse(response: ChatResponse, reply: Reply): JsonObject {
  const [choice] = response.choices;
  const finish = choice?.finish ?? { reason: 'other', raw: null };
  const incomplete = incompleteOf(finish);
  return {
    ...skeleton(response, reply),
    status: incomplete ? 'incomplete' : 'completed',
    incomplete_details: incomplete,
    output: encodeItems(choice?.parts ?? [], reply, choice?.logprobs),
    ...(response.usage === undefined ? {} : { usage: encodeUsage(response.usage) }),
  };
}
