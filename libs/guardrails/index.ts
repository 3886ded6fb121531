export type { CheckConfig, Guardrail } from './guardrail.js';
