import { hexadecimalId } from '../ids.js';
import { fields } from '../json.js';
import { chatCompletions } from '../openai/chat.js';
import { completions } from '../openai/completions.js';
import { embeddings } from '../openai/embeddings.js';
import { openaiErrorOf } from '../openai/errors.js';
import { imageGenerations } from '../openai/images.js';
import { getModel, listModels } from '../openai/models.js';
import { responses } from '../openai/responses.js';
import { speech } from '../openai/speech.js';
import { transcriptions } from '../openai/transcriptions.js';
import {
  type Asked,
  type Endpoint,
  type ErrorOptions,
  Refusal,
  rejects,
  type Vendor,
  type WireError,
} from '../vendor.js';
import { withFilterResults } from './content-filter.js';

const chat: Endpoint = {
  ...chatCompletions,
  answer: async (asked) => withFilterResults(await chatCompletions.answer(asked)),
};
const OF_A_DEPLOYMENT = [chat, completions, embeddings, imageGenerations, speech, transcriptions];

function azureError(status: number, options: ErrorOptions = {}): WireError {
  const { message, code } = openaiErrorOf(status, options);
  return {
    status,
    body: { error: { code: options.code ?? code ?? String(status), message: options.message ?? message } },
    ...(options.retryAfter !== undefined && { headers: { 'retry-after': String(options.retryAfter) } }),
  };
}

/** The v1 API: OpenAI's paths, the deployment in the body. */
const inV1 = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  path: new RegExp(`^/openai/v1${endpoint.path.source.replace(/^\^/, '')}`),
});

/** The dated API: the deployment in the path, whatever the body says, and a version that must be named. */
const inDated = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  path: new RegExp(`^/openai/deployments/([^/]+)${endpoint.path.source.replace(/^\^/, '')}`),
  modelOf: ({ captured }) => captured[0],
  answer: (asked) => {
    requireVersion(asked);
    return endpoint.answer({ ...asked, json: { ...fields(asked.json), model: asked.model } });
  },
});

/** What the dated API has beside deployments. */
const ofTheResource = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  path: new RegExp(`^/openai${endpoint.path.source.replace(/^\^/, '')}`),
  answer: (asked) => {
    requireVersion(asked);
    return endpoint.answer(asked);
  },
});

function requireVersion({ query }: Asked): void {
  if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(query.get('api-version') ?? ''))
    throw new Refusal(azureError(404, { code: '404', message: 'Resource not found' }));
}

/** Azure OpenAI, at `/azure`: both of its APIs. https://learn.microsoft.com/azure/ai-foundry/openai/reference */
export const azure: Vendor = {
  name: 'azure',
  prefix: '/azure',
  endpoints: [
    ...[...OF_A_DEPLOYMENT, responses, listModels, getModel].map(inV1),
    ...OF_A_DEPLOYMENT.map(inDated),
    ...[responses, listModels].map(ofTheResource),
  ],
  refuseCredential: ({ headers }) => {
    const key = String(headers['api-key'] ?? '');
    if (key !== '' && !rejects(key)) return null;
    const message =
      'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.';
    return azureError(401, { code: '401', message });
  },
  error: azureError,
  headers: () => ({ 'apim-request-id': hexadecimalId('', 32), 'x-ms-region': 'Simulated' }),
};
