import type { ActsFor } from './acts-for.js';

/** A service as the data plane knows it: who it is, what proves it, what it may call. */
export interface ServiceIdentity {
  readonly id: string;
  readonly slug: string;
  /** Slug of its team. */
  readonly team: string;
  readonly kind: 'service' | 'agent';
  readonly clientId: string;
  /** Route names or `provider/model` patterns; `*` stands for any run of characters. */
  readonly allowedModels: readonly string[];
  /** Live OAuth credentials: a token names the one it was issued for, and dies with it. */
  readonly credentials: readonly { readonly id: string; readonly expiresAtMs: number | null }[];
  readonly keys: readonly GatewayKeyIdentity[];
  /** Absent: for nobody. */
  readonly actsFor?: ActsFor;
  /** Only tokens bound to a key open the gateway (RFC 9449). */
  readonly requireDpop?: true;
}

/** A person of the organization; the data plane knows them where a service acts for members. */
export interface MemberIdentity {
  readonly id: string;
  readonly email: string;
  /** Tokens issued before have ended. */
  readonly validFromMs: number;
}

export interface GatewayKeyIdentity {
  readonly id: string;
  /** SHA-256 of the key, base64url. */
  readonly hash: string;
  readonly expiresAtMs: number | null;
  /** What it may call, within what its service may; absent = all of that. */
  readonly allowedModels?: readonly string[];
  /** Addresses and CIDR ranges that calls with it may come from; absent = anywhere. */
  readonly ipRanges?: readonly string[];
}

export interface TeamIdentity {
  readonly slug: string;
  readonly costCenter: string | null;
  /** The team itself, then its ancestors, innermost first. */
  readonly path: readonly string[];
}
