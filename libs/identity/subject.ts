/** On whose behalf a call is made; the issuer has verified it when it exchanged that one's token. */
export interface Subject {
  readonly kind: SubjectClaim['kind'];
  /** A member's email, what an identity provider calls its user, or a service's slug. */
  readonly name: string;
  /** Services between the subject and the caller, the caller first; slugs. */
  readonly actors: readonly string[];
  /** What the call may use beside what the caller may: each list binds. */
  readonly alsoWithin: readonly (readonly string[])[];
}

/** The subject in a token: what has to be there still for the token to count. */
export type SubjectClaim =
  | { readonly kind: 'member'; readonly id: string }
  | { readonly kind: 'user'; readonly identityProvider: string }
  /** `credential`: the one that the subject's own token was got with, or the identity provider that it came from. */
  | { readonly kind: 'service'; readonly id: string; readonly credential: string };

/** RFC 8693 §4.1: who acts; within, who acted before. */
export interface ActorClaim {
  /** Client id. */
  readonly sub: string;
  /** What the actor authenticated with. */
  readonly credential: string;
  readonly act?: ActorClaim;
}

/** How limits, budgets and the record name a subject as a user. Services are told from people by a prefix. */
export function userOf({ kind, name }: Subject): string {
  return kind === 'service' ? `service:${name}` : name;
}

/** The actors of a token, the caller first. */
export function actorsOf(act: ActorClaim): readonly ActorClaim[] {
  return act.act === undefined ? [act] : [act, ...actorsOf(act.act)];
}

/** Whether a claim has the form of one of ours. */
export function isSubjectClaim(value: unknown): value is SubjectClaim {
  const { kind, id, identityProvider, credential } = (value ?? {}) as Record<string, unknown>;
  if (kind === 'member') return typeof id === 'string';
  if (kind === 'user') return typeof identityProvider === 'string';
  return kind === 'service' && typeof id === 'string' && typeof credential === 'string';
}

/** As {@link isSubjectClaim}, for `act`. */
export function isActorClaim(value: unknown): value is ActorClaim {
  const { sub, credential, act } = (value ?? {}) as Record<string, unknown>;
  return typeof sub === 'string' && typeof credential === 'string' && (act === undefined || isActorClaim(act));
}
