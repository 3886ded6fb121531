export { type AccessTokenClaims, AUDIENCES } from './access-token.js';
export { ACTORS_MAX, type ActsFor, type UserRule } from './acts-for.js';
export {
  type AdminPrincipal,
  type MemberPrincipal,
  mayIn,
  type OperatorPrincipal,
  resolveOperatorClient,
} from './admin-principal.js';
export { hashGatewayKey, looksLikeGatewayKey, type NewGatewayKey, newGatewayKey } from './api-key.js';
export { DPOP_ALGORITHMS, type Proof, type ProofNeeds, proofRefused, verifyProof } from './dpop.js';
export {
  type ExternalToken,
  type ExternalVerification,
  namedIssuer,
  resolveExternalToken,
  verifyExternalToken,
} from './external-token.js';
export { IdentityIndex, type OrganizationIdentity } from './identity-index.js';
export { ipRangeFlaw } from './ip-ranges.js';
export {
  hashPassword,
  newOneTimePassword,
  PASSWORD_CHARS_MAX,
  PASSWORD_CHARS_MIN,
  passwordFlaw,
  passwordMatches,
} from './password.js';
export type { Principal } from './principal.js';
export { type CallerFacts, resolveGatewayKey, resolveToken } from './resolve-principal.js';
export {
  type Grant,
  grantOf,
  type HeldRole,
  isPermission,
  PERMISSIONS,
  type Permission,
  type PermissionRule,
  ROLES,
  type Role,
  TEAM_ROLES,
} from './roles.js';
export { hashSecret, newSecret, secretMatches } from './secrets.js';
export type { GatewayKeyIdentity, MemberIdentity, ServiceIdentity, TeamIdentity } from './service-identity.js';
export { type ActorClaim, actorsOf, type Subject, type SubjectClaim, userOf } from './subject.js';
export { TokenCache, type VerifiedToken } from './token-cache.js';
export { bearerChallenge, noToken, tokenError } from './token-error.js';
export {
  AccessTokenStrategy,
  createTokenVerifier,
  type PublicKey,
  type TokenStrategyOptions,
} from './token-strategy.js';
export {
  claimOf,
  type ExternalClaims,
  type ExternalKey,
  ruleFits,
  type ServiceRule,
  type TrustedIssuer,
} from './trusted-issuer.js';
