import { type Replies, replyTo } from '../answering/reply.js';
import { fields, text } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { anthropicErrorBody } from './errors.js';
import { messageBody } from './messages-body.js';
import { readMessagesPrompt } from './messages-prompt.js';
import { messageEvents } from './messages-stream.js';
import { cachedInput } from './prompt-cache.js';

/** POST /v1/messages. https://docs.claude.com/en/api/messages */
export const messages: Endpoint = {
  method: 'POST',
  path: /^\/v1\/messages$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, model, fault, memory }) => {
    const request = fields(json);
    const plain = replyTo(readMessagesPrompt(request), fault);
    const usage = { ...plain.usage, ...cachedInput(request, memory, plain.usage) };
    const replies: Replies = { ...plain, usage };
    const options = { withUsage: !fault.noUsage };
    if (request['stream'] !== true) return { kind: 'json', body: messageBody(model, replies, options), usage };
    return {
      kind: 'stream',
      framing: 'sse',
      events: messageEvents(model, replies, options),
      failure: [{ name: 'error', data: JSON.stringify(anthropicErrorBody(529)), paced: false }],
      usage,
    };
  },
};
