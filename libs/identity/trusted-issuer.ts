/** An issuer that an organization trusts, as the data plane knows it. */
export interface TrustedIssuer {
  readonly id: string;
  /** Absent in snapshots from before it was needed. */
  readonly slug?: string;
  /** Exact value of `iss`. */
  readonly issuer: string;
  /** Its public keys, as the admin app last read them. */
  readonly keys: readonly ExternalKey[];
  readonly rules: readonly ServiceRule[];
}

/** A public key (RFC 7517) for RS256 or ES256. */
export type ExternalKey = { readonly kid: string; readonly kty: string } & Readonly<Record<string, unknown>>;

/**
 * Which tokens of an issuer stand for which service. All that is named must fit; a text fits exactly, or up to a `*` at its
 * end.
 */
export interface ServiceRule {
  /** Slug. */
  readonly service: string;
  /** One that `aud` must be or contain. */
  readonly audience: string;
  /** Null: any, and then at least one claim is named. */
  readonly subject: string | null;
  /** By name; dotted for a claim within a claim: `realm_access.roles`. */
  readonly claims: Readonly<Record<string, string>>;
}

export type ExternalClaims = Readonly<Record<string, unknown>>;

/** Whether claims that were verified are those a rule asks for. */
export function ruleFits(
  { audience, subject, claims: wanted }: Omit<ServiceRule, 'service'>,
  claims: ExternalClaims,
): boolean {
  return (
    [claims['aud']].flat().includes(audience) &&
    (subject === null || valueFits(subject, claims['sub'])) &&
    Object.entries(wanted).every(([name, text]) => valueFits(text, claimOf(claims, name)))
  );
}

/** A claim by its name, or by a path of names. */
export function claimOf(claims: ExternalClaims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  const dot = name.indexOf('.');
  const inner = dot > 0 && Object.hasOwn(claims, name.slice(0, dot)) ? claims[name.slice(0, dot)] : undefined;
  return typeof inner === 'object' && inner !== null
    ? claimOf(inner as ExternalClaims, name.slice(dot + 1))
    : undefined;
}

function valueFits(wanted: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((each) => !Array.isArray(each) && valueFits(wanted, each));
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false;
  const text = String(value);
  return wanted.endsWith('*') ? text.startsWith(wanted.slice(0, -1)) : text === wanted;
}
