export type { Check, Finding } from './check.js';
export { checks } from './checks/index.js';
export type { CheckConfig, Guardrail } from './guardrail.js';
export { HoldBack, type Released } from './hold-back.js';
export { type Action, find, redact, strictest } from './inspect.js';
export { type Inspected, inspectJson } from './inspect-json.js';
export { type ActiveCheck, activeChecks, type Direction, type GuardrailFacts } from './policy.js';
