import type { Provider } from '../provider.js';

/** Lakera Guard, which guardrails ask; the upstream id of a model is that of a project, or `default`. docs.lakera.ai/docs/api/guard */
export const lakera = {
  id: 'lakera',
  name: 'Lakera Guard',
  baseUrl: 'https://api.lakera.ai',
  auth: { kind: 'bearer' },
  dialect: 'openai-chat',
  paths: {},
  screeningPath: () => '/v2/guard',
  probePath: '/v2/policies',
} as const satisfies Provider;
