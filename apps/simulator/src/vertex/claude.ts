import { invalid } from '../anthropic/errors.js';
import { messages } from '../anthropic/messages.js';
import { fields } from '../json.js';
import type { Endpoint } from '../vendor.js';
import { LOCATION } from './location.js';

const VERSION = 'vertex-2023-10-16';

/** Claude at Vertex AI: Anthropic's body with the version in it and the model in the path. https://docs.claude.com/en/api/claude-on-vertex-ai */
export const rawPredict: Endpoint = {
  ...messages,
  path: new RegExp(`^${LOCATION}/publishers/anthropic/models/([^/:]+):(rawPredict|streamRawPredict)$`),
  modelOf: ({ captured }) => captured[2],
  answer: (asked) => {
    const { anthropic_version: version, ...request } = fields(asked.json);
    if (version === undefined) throw invalid('anthropic_version: Field required');
    if (version !== VERSION) throw invalid(`anthropic_version: "${String(version)}" is not supported on this endpoint`);
    if ('model' in request) throw invalid('model: Extra inputs are not permitted');
    const streams = asked.captured[3] === 'streamRawPredict';
    if (streams !== (request['stream'] === true)) throw invalid('stream: does not go with the endpoint');
    return messages.answer({ ...asked, json: { ...request, model: asked.model } });
  },
};
