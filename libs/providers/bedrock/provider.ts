import { resourceSegment } from '../model-segment.js';
import type { Provider } from '../provider.js';

/**
 * AWS Bedrock's Converse API. A model is an id, an inference profile or an ARN. Streams are AWS's binary event stream.
 * docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export const bedrock = {
  id: 'bedrock',
  name: 'AWS Bedrock',
  baseUrl: ({ region }) => `https://bedrock-runtime.${region}.amazonaws.com`,
  auth: { kind: 'sigv4', service: 'bedrock' },
  region: { pattern: /^[a-z]{2}(-[a-z]+)+-\d$/, example: 'eu-central-1' },
  dialect: 'bedrock-converse',
  paths: {
    chat: ({ upstreamModel, stream }) =>
      `/model/${resourceSegment(upstreamModel)}/${stream ? 'converse-stream' : 'converse'}`,
  },
  // Models are listed by another host; this is the one free call of the host that answers.
  probePath: '/async-invoke?maxResults=1',
} as const satisfies Provider;
