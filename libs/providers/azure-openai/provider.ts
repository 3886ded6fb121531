import { modelSegment } from '../model-segment.js';
import type { Operation, PathFacts, Provider } from '../provider.js';

/**
 * Azure OpenAI: a model is a deployment of the customer's own resource, whose endpoint (`https://NAME.openai.azure.com`) is
 * the credential's base URL. Without an `apiVersion` in the secret the v1 API answers, with one the dated API, in which the
 * deployment is in the path. learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
 */
export const azureOpenai = {
  id: 'azure-openai',
  name: 'Azure OpenAI',
  baseUrl: null,
  auth: { kind: 'header', name: 'api-key' },
  dialect: 'openai-chat',
  paths: {
    chat: of('/chat/completions'),
    completions: of('/completions'),
    // The Responses API has no deployments in its dated path either.
    responses: ({ settings: { apiVersion } }) =>
      apiVersion === null ? '/openai/v1/responses' : `/openai/responses${dated(apiVersion)}`,
    embeddings: of('/embeddings'),
    images: of('/images/generations'),
    speech: of('/audio/speech'),
    transcriptions: of('/audio/transcriptions'),
  } satisfies Partial<Record<Operation, (facts: PathFacts) => string>>,
  probePath: ({ apiVersion }) => (apiVersion === null ? '/openai/v1/models' : `/openai/models${dated(apiVersion)}`),
} as const satisfies Provider;

function of(path: string): (facts: PathFacts) => string {
  return ({ upstreamModel, settings: { apiVersion } }) =>
    apiVersion === null
      ? `/openai/v1${path}`
      : `/openai/deployments/${modelSegment(upstreamModel)}${path}${dated(apiVersion)}`;
}

function dated(apiVersion: string): string {
  return `?api-version=${encodeURIComponent(apiVersion)}`;
}
