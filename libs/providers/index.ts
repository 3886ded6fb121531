export { authorize } from './authorize.js';
export { isPrivateAddress } from './private-address.js';
export type { Auth, Operation, PathFacts, Provider } from './provider.js';
export { providers } from './providers.js';
