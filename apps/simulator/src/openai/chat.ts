import { replyTo } from '../answering/reply.js';
import { fields, text } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { chatBody } from './chat-body.js';
import { readChatPrompt } from './chat-prompt.js';
import { chatEvents } from './chat-stream.js';
import { openaiErrorOf } from './errors.js';

/** POST /chat/completions. https://platform.openai.com/docs/api-reference/chat */
export const chatCompletions: Endpoint = {
  method: 'POST',
  path: /^\/chat\/completions$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, model, fault }) => {
    const request = fields(json);
    const replies = replyTo(readChatPrompt(request), fault);
    const { usage } = replies;
    if (request['stream'] !== true)
      return { kind: 'json', body: chatBody(model, replies, { withUsage: !fault.noUsage }), usage };
    const options = fields(request['stream_options']);
    return {
      kind: 'stream',
      framing: 'sse',
      events: chatEvents(model, replies, {
        withUsage: options['include_usage'] === true && !fault.noUsage,
        withObfuscation: options['include_obfuscation'] !== false,
      }),
      failure: [{ data: JSON.stringify({ error: openaiErrorOf(500) }), paced: false }],
      usage,
    };
  },
};
