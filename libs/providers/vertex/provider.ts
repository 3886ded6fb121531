import { modelSegment } from '../model-segment.js';
import type { PathFacts, Provider, Settings } from '../provider.js';
import { isClaude } from './models.js';
import { claudeBody } from './quirks.js';

/**
 * Vertex AI: Gemini, and Claude as Anthropic's partner models, each in its own dialect; the model's id says which.
 * cloud.google.com/vertex-ai/generative-ai/docs/reference/rest, cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude
 */
export const vertex = {
  id: 'vertex',
  name: 'Google Vertex AI',
  baseUrl: ({ region }) =>
    region === 'global' ? 'https://aiplatform.googleapis.com' : `https://${region}-aiplatform.googleapis.com`,
  auth: { kind: 'google', scope: 'https://www.googleapis.com/auth/cloud-platform' },
  region: { pattern: /^(global|[a-z]+-[a-z]+\d+)$/, example: 'europe-west4' },
  dialect: (upstreamModel) => (isClaude(upstreamModel) ? 'anthropic-messages' : 'gemini'),
  paths: { chat },
  quirks: [claudeBody],
  probePath: location,
} as const satisfies Provider;

function location({ project, region }: Settings): string {
  return `/v1/projects/${encodeURIComponent(project ?? '')}/locations/${encodeURIComponent(region ?? '')}`;
}

function chat({ upstreamModel, stream, settings }: PathFacts): string {
  const model = modelSegment(upstreamModel);
  if (isClaude(upstreamModel)) {
    return `${location(settings)}/publishers/anthropic/models/${model}:${stream ? 'streamRawPredict' : 'rawPredict'}`;
  }
  const verb = stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
  return `${location(settings)}/publishers/google/models/${model}:${verb}`;
}
