import { type ActorClaim, isActorClaim, isSubjectClaim, type SubjectClaim } from './subject.js';

/** Who an access token may be shown to: the RFC 8707 resource that was asked for, and the token's `aud`. */
export const AUDIENCES = { gateway: 'urn:tollgate:gateway', admin: 'urn:tollgate:admin' } as const;

/** A JWT access token's payload (RFC 9068 §2.2), checked. Times are seconds since the epoch. */
export interface AccessTokenClaims {
  readonly iss: string;
  /** The member who signed in, on whose behalf the client acts, or the client itself. */
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
  /** RFC 8693: the token was exchanged; this service acts on behalf of `sub`. The next two are set with it. */
  readonly act?: ActorClaim;
  readonly subject?: SubjectClaim;
  /** Ids (`jti`) of the tokens of ours that it was exchanged for: it ends with each of them. */
  readonly from?: readonly string[];
  /** RFC 9449 §6.1: whoever brings the token has to prove that they have this key. */
  readonly cnf?: { readonly jkt: string };
}

const REQUIRED_TEXTS = ['iss', 'sub', 'client_id', 'jti'] as const;
const REQUIRED_TIMES = ['iat', 'exp'] as const;
const OPTIONAL_TEXTS = ['organization', 'service', 'credential', 'member'] as const;

/** What must have this form where it is there. An unknown `cnf` is a demand that we would not see to. */
const OPTIONAL_FORMS: Readonly<Record<string, (value: unknown) => boolean>> = {
  act: isActorClaim,
  subject: isSubjectClaim,
  from: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  cnf: (value) => typeof (value as { readonly jkt?: unknown } | null)?.jkt === 'string',
};

/** The payload of a token whose signature, issuer, audience and times were verified, or the first claim that is not as it must be. */
export function readClaims(
  payload: Readonly<Record<string, unknown>>,
): { readonly claims: AccessTokenClaims } | { readonly wrong: string } {
  const wrong =
    REQUIRED_TEXTS.find((name) => typeof payload[name] !== 'string' || payload[name] === '') ??
    REQUIRED_TIMES.find((name) => !Number.isFinite(payload[name])) ??
    OPTIONAL_TEXTS.find((name) => payload[name] !== undefined && typeof payload[name] !== 'string') ??
    (payload['operator'] !== undefined && payload['operator'] !== true ? 'operator' : undefined) ??
    Object.entries(OPTIONAL_FORMS).find(([name, fits]) => payload[name] !== undefined && !fits(payload[name]))?.[0];
  return wrong === undefined ? { claims: payload as unknown as AccessTokenClaims } : { wrong };
}
