/** Who an access token may be shown to: the RFC 8707 resource that was asked for, and the token's `aud`. */
export const AUDIENCES = { gateway: 'urn:tollgate:gateway', admin: 'urn:tollgate:admin' } as const;

/** A JWT access token's payload (RFC 9068 §2.2), checked. Times are seconds since the epoch. */
export interface AccessTokenClaims {
  readonly iss: string;
  /** The member who signed in, or the client itself: client credentials have no other subject. */
  readonly sub: string;
  readonly client_id: string;
  readonly aud: string | readonly string[];
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  /** Id of the service's organization. These three are set together, on tokens of services. */
  readonly organization?: string;
  /** Id of the service. */
  readonly service?: string;
  /** Id of the credential that the client authenticated with: revoking it ends the token. */
  readonly credential?: string;
  /** Id of the member who signed in. */
  readonly member?: string;
  /** Set on tokens of the platform's operators. */
  readonly operator?: true;
}

const REQUIRED_TEXTS = ['iss', 'sub', 'client_id', 'jti'] as const;
const REQUIRED_TIMES = ['iat', 'exp'] as const;
const OPTIONAL_TEXTS = ['organization', 'service', 'credential', 'member'] as const;

/** The payload of a token whose signature, issuer, audience and times were verified, or the first claim that is not as it must be. */
export function readClaims(
  payload: Readonly<Record<string, unknown>>,
): { readonly claims: AccessTokenClaims } | { readonly wrong: string } {
  const wrong =
    REQUIRED_TEXTS.find((name) => typeof payload[name] !== 'string' || payload[name] === '') ??
    REQUIRED_TIMES.find((name) => !Number.isFinite(payload[name])) ??
    OPTIONAL_TEXTS.find((name) => payload[name] !== undefined && typeof payload[name] !== 'string') ??
    (payload['operator'] !== undefined && payload['operator'] !== true ? 'operator' : undefined);
  return wrong === undefined ? { claims: payload as unknown as AccessTokenClaims } : { wrong };
}
