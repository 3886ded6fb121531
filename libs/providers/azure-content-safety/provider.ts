import { modelSegment } from '../model-segment.js';
import type { Provider } from '../provider.js';

/**
 * Azure AI Content Safety, which guardrails ask. A resource has its own host; the upstream id of a model is the operation:
 * `text:analyze` or `text:shieldPrompt`. learn.microsoft.com/rest/api/contentsafety (2024-09-01)
 */
export const azureContentSafety = {
  id: 'azure-content-safety',
  name: 'Azure AI Content Safety',
  baseUrl: null,
  auth: { kind: 'header', name: 'ocp-apim-subscription-key' },
  dialect: 'openai-chat',
  paths: {},
  screeningPath: (upstreamModel) =>
    `/contentsafety/${modelSegment(upstreamModel).replaceAll('%3A', ':')}?api-version=2024-09-01`,
  probePath: '/contentsafety/text/blocklists?api-version=2024-09-01',
} as const satisfies Provider;
