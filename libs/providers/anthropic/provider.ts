import type { Provider } from '../provider.js';

/** The Messages API. `anthropic-version` is mandatory; a client's own `anthropic-beta` header is passed on. */
export const anthropic = {
  id: 'anthropic',
  name: 'Anthropic',
  baseUrl: 'https://api.anthropic.com',
  auth: { kind: 'header', name: 'x-api-key', headers: { 'anthropic-version': '2023-06-01' } },
  dialect: 'anthropic-messages',
  paths: { chat: () => '/v1/messages', 'count-tokens': () => '/v1/messages/count_tokens' },
  operationDialects: { 'count-tokens': 'anthropic-count-tokens' },
  probePath: '/v1/models?limit=1',
} as const satisfies Provider;
