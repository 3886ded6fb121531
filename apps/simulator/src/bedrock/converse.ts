import { type Replies, replyTo } from '../answering/reply.js';
import { fields } from '../json.js';
import type { Asked, Endpoint } from '../vendor.js';
import { converseBody, converseEvents } from './answer.js';
import { readPrompt } from './prompt.js';

const reply = ({ json, fault }: Asked): Replies => replyTo(readPrompt(fields(json)), fault);

/** POST /model/{model}/converse. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const converse: Endpoint = {
  method: 'POST',
  path: /^\/model\/([^/]+)\/converse$/,
  body: 'json',
  modelOf: ({ captured }) => captured[0],
  answer: (asked) => {
    const replies = reply(asked);
    return { kind: 'json', body: converseBody(replies, { withUsage: !asked.fault.noUsage }), usage: replies.usage };
  },
};

/** POST /model/{model}/converse-stream: the same in AWS's event stream. */
export const converseStream: Endpoint = {
  method: 'POST',
  path: /^\/model\/([^/]+)\/converse-stream$/,
  body: 'json',
  modelOf: ({ captured }) => captured[0],
  answer: (asked) => {
    const replies = reply(asked);
    const failure = { message: 'The model failed while it answered.' };
    return {
      kind: 'stream',
      framing: 'aws-event-stream',
      events: converseEvents(replies, { withUsage: !asked.fault.noUsage }),
      failure: [{ name: 'modelStreamErrorException', data: JSON.stringify(failure), paced: false }],
      usage: replies.usage,
    };
  },
};
