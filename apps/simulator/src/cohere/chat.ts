import { replyTo } from '../answering/reply.js';
import { fields, text } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { chatBody } from './chat-body.js';
import { chatEvents } from './chat-stream.js';
import { readPrompt } from './prompt.js';

/** POST /v2/chat. https://docs.cohere.com/reference/chat */
export const chat: Endpoint = {
  method: 'POST',
  path: /^\/v2\/chat$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, fault }) => {
    const request = fields(json);
    const replies = replyTo(readPrompt(request), fault);
    const options = { withUsage: !fault.noUsage };
    const { usage } = replies;
    if (request['stream'] !== true) return { kind: 'json', body: chatBody(replies, options), usage };
    const failed = { type: 'message-end', delta: { error: 'internal server error', finish_reason: 'ERROR' } };
    return {
      kind: 'stream',
      framing: 'sse',
      events: chatEvents(replies, options),
      failure: [{ name: 'message-end', data: JSON.stringify(failed), paced: false }],
      usage,
    };
  },
};
