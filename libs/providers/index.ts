export {
  type Access,
  bodyFor,
  type CredentialProblem,
  openAccess,
  probeUrl,
  problemWithCredential,
  type RequestFacts,
  type StoredCredential,
  urlFor,
} from './access.js';
export { AccessTokens, type TokenFetch, type TokenRequest } from './auth/access-tokens.js';
export { AuthorizationFailed } from './auth/authorization-failed.js';
export type { AuthDeps, AuthHeaders, Authorizer, UnsignedRequest } from './auth/authorizer.js';
export { EventStreamParser } from './bedrock/event-stream.js';
export { OPENAI_COMPATIBLE, openaiCompatible } from './openai-compatible.js';
export { operationDialectOf } from './operation-dialect.js';
export { isPrivateAddress } from './private-address.js';
export {
  type Auth,
  dialectOf,
  type Operation,
  type PathFacts,
  type Provider,
  type Quirk,
  type Settings,
} from './provider.js';
export { providers } from './providers.js';
