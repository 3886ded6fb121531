import { replyTo } from '../answering/reply.js';
import { fields, text } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { openaiErrorOf } from './errors.js';
import { describeResponse, finished } from './responses-body.js';
import { outputItems } from './responses-items.js';
import { readInputItems, readResponsesPrompt, remember } from './responses-prompt.js';
import { responseEvents } from './responses-stream.js';

/** POST /responses. https://platform.openai.com/docs/api-reference/responses */
export const responses: Endpoint = {
  method: 'POST',
  path: /^\/responses$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, model, fault, memory }) => {
    const request = fields(json);
    const input = readInputItems(request, memory);
    const replies = replyTo(readResponsesPrompt(request, input), fault);
    const items = replies.choices.flatMap((reply) => outputItems(reply, request));
    const opened = describeResponse(model, request);
    const closed = finished(opened, replies, items, { withUsage: !fault.noUsage });
    if (request['store'] !== false) remember(memory, opened.id, [...input, ...items.map((item) => item.closed)]);
    const { usage } = replies;
    if (request['stream'] !== true) return { kind: 'json', body: closed, usage };
    const error = openaiErrorOf(500);
    return {
      kind: 'stream',
      framing: 'sse',
      events: responseEvents(opened, closed, items),
      failure: [
        { type: 'error', sequence_number: 4, error },
        {
          type: 'response.failed',
          sequence_number: 5,
          response: { ...opened, status: 'failed', error: { code: 'server_error', message: error.message } },
        },
      ].map((event) => ({ name: event.type, data: JSON.stringify(event), paced: false })),
      usage,
    };
  },
};
