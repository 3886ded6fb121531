export { type AccessTokenClaims, AUDIENCES } from './access-token.js';
export { type AdminPrincipal, resolveAdminPrincipal } from './admin-principal.js';
export { hashGatewayKey, looksLikeGatewayKey, type NewGatewayKey, newGatewayKey } from './api-key.js';
export { IdentityIndex, type OrganizationIdentity } from './identity-index.js';
export type { Principal } from './principal.js';
export { resolveGatewayKey, resolveToken } from './resolve-principal.js';
export { hashSecret, newSecret, secretMatches } from './secrets.js';
export type { GatewayKeyIdentity, ServiceIdentity, TeamIdentity } from './service-identity.js';
export { TokenCache } from './token-cache.js';
export { bearerChallenge, noToken, tokenError } from './token-error.js';
export {
  AccessTokenStrategy,
  createTokenVerifier,
  type PublicKey,
  type TokenStrategyOptions,
} from './token-strategy.js';
