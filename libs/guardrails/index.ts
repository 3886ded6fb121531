export type {
  Author,
  Check,
  Direction,
  ExternalCheck,
  Finding,
  LocalCheck,
  Outside,
  Place,
  Question,
} from './check.js';
export { checks } from './checks/index.js';
export { asksServices, consult } from './consult.js';
export type { CheckConfig, Guardrail } from './guardrail.js';
export { HoldBack, type Released } from './hold-back.js';
export { type Action, actionOf, find, inOrder, type Located, redact, strictest } from './inspect.js';
export { type FoundOutside, type Inspected, inspectJson } from './inspect-json.js';
export { Placeholders, StreamRestorer } from './placeholders.js';
export { type ActiveCheck, activeChecks, type GuardrailFacts, policyFingerprint } from './policy.js';
export { walk } from './walk.js';
