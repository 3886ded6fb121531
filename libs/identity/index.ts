export type { Principal } from './principal.js';
export type { GatewayKeyIdentity, ServiceIdentity, TeamIdentity } from './service-identity.js';
