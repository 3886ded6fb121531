export { authorize } from './authorize.js';
export type { Auth, Operation, PathFacts, Provider } from './provider.js';
export { providers } from './providers.js';
