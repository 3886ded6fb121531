import { TollgateError } from '#libs/core';
import type { DecodeContext, Reply } from '../dialect.js';
import { isObject, textOf } from '../json/index.js';
import type { ChatResponse, Choice, Finish, JsonObject, Part } from '../neutral/index.js';
import { decodeFinish, encodeFinish } from '../openai-chat/finish.js';
import { decodeLogprobs, encodeLogprobs } from './logprobs.js';
import type { Completion } from './types.js';
import { encodeUsage, usageOf } from './usage.js';

/** Throws `upstream_error` when there are no choices in it. */
export function decodeResponse(body: JsonObject, _context: DecodeContext): ChatResponse {
  if (!Array.isArray(body['choices'])) {
    throw new TollgateError('upstream_error', 'The provider sent an answer that is no completion.', {
      detail: `members: ${Object.keys(body).slice(0, 20).join(', ')}`,
    });
  }
  const usage = usageOf(body);
  return {
    id: textOf(body['id']) ?? '',
    model: textOf(body['model']) ?? '',
    ...(typeof body['created'] === 'number' ? { createdSec: Math.floor(body['created']) } : {}),
    choices: body['choices'].filter(isObject).map(decodeChoice),
    ...(usage === undefined ? {} : { usage }),
  };
}

function decodeChoice(choice: JsonObject, at: number): Choice {
  const logprobs = decodeLogprobs(choice['logprobs']);
  return {
    index: typeof choice['index'] === 'number' ? choice['index'] : at,
    parts: [{ type: 'text', text: textOf(choice['text']) ?? '' }],
    finish: decodeFinish(textOf(choice['finish_reason']) ?? null, new Set<Part['type']>(['text'])),
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}

/** A `text_completion`: texts and refusals are all it can hold. */
export function encodeResponse(response: ChatResponse, reply: Reply): JsonObject {
  const completion: Completion = {
    id: idOf(response.id, reply),
    object: 'text_completion',
    created: response.createdSec ?? reply.createdSec,
    model: reply.model,
    choices: response.choices.map(({ index, parts, finish, logprobs }) => ({
      text: parts.map((part) => (part.type === 'text' || part.type === 'refusal' ? part.text : '')).join(''),
      index,
      logprobs: encodeLogprobs(logprobs, 0),
      finish_reason: finishOf(finish),
    })),
    ...(response.usage === undefined ? {} : { usage: encodeUsage(response.usage) }),
  };
  return completion as unknown as JsonObject;
}

export const idOf = (id: string, { callId }: Reply): string =>
  id.startsWith('cmpl-') ? id : `cmpl-${callId.replaceAll('-', '')}`;

/** This API knows no calls. */
export function finishOf(finish: Finish): 'stop' | 'length' | 'content_filter' {
  const reason = encodeFinish(finish, new Set());
  return reason === 'tool_calls' ? 'stop' : reason;
}
