import { type Replies, replyTo } from '../answering/reply.js';
import { fields } from '../json.js';
import type { Answer, Asked, Endpoint } from '../vendor.js';
import { type AnswerOptions, responseBody, responseEvents } from './answer.js';
import { geminiErrorBody } from './errors.js';
import { readPrompt } from './prompt.js';

/** Models are addressed in the path; what stands behind the colon is the verb. */
export function modelVerb(verb: string): RegExp {
  return new RegExp(`^/v1(?:beta)?/models/([^/:]+):${verb}$`);
}

/** POST /v1beta/models/{model}:generateContent. https://ai.google.dev/api/generate-content */
export const generateContent: Endpoint = {
  method: 'POST',
  path: modelVerb('generateContent'),
  body: 'json',
  modelOf: ({ captured }) => captured[0],
  answer: (asked): Answer => {
    const { replies, options } = generate(asked);
    return { kind: 'json', body: responseBody(asked.model, replies, options), usage: replies.usage };
  },
};

/** POST …:streamGenerateContent: server-sent events with `?alt=sse`, else one JSON array that grows. */
export const streamGenerateContent: Endpoint = {
  method: 'POST',
  path: modelVerb('streamGenerateContent'),
  body: 'json',
  modelOf: ({ captured }) => captured[0],
  answer: (asked): Answer => {
    const { replies, options } = generate(asked);
    return {
      kind: 'stream',
      framing: asked.query.get('alt') === 'sse' ? 'sse' : 'json-array',
      events: responseEvents(asked.model, replies, options),
      failure: [{ data: JSON.stringify(geminiErrorBody(503)), paced: false }],
      usage: replies.usage,
    };
  },
};

function generate({ json, fault }: Asked): { replies: Replies; options: AnswerOptions } {
  const request = fields(json);
  const thinking = fields(fields(request['generationConfig'])['thinkingConfig']);
  return {
    replies: replyTo(readPrompt(request), fault),
    options: { withUsage: !fault.noUsage, withThoughts: thinking['includeThoughts'] === true },
  };
}
