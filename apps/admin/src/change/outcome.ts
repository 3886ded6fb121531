/** What a change did: the answer to the client, and the facts for the audit trail, which must carry no secret. */
export interface Outcome<Answer> {
  readonly answer: Answer;
  readonly action: 'created' | 'updated' | 'deleted' | 'decommissioned';
  /** The kind of resource, in words of the API: `team`, `provider-credential`. */
  readonly kind: string;
  readonly resource: Identified;
  readonly before: unknown;
  readonly after: unknown;
}

interface Identified {
  readonly id: string;
  readonly slug?: string;
}

export function created<A extends Identified>(kind: string, resource: A): Outcome<A> {
  return { answer: resource, action: 'created', kind, resource, before: null, after: resource };
}

export function updated<A extends Identified>(kind: string, before: A, after: A): Outcome<A> {
  return { answer: after, action: 'updated', kind, resource: after, before, after };
}

export function deleted<A extends Identified>(kind: string, resource: A): Outcome<void> {
  return { answer: undefined, action: 'deleted', kind, resource, before: resource, after: null };
}

/** The same change, answered with a secret that only this answer shows. The audit trail does not see it. */
export function withSecret<A, S>(outcome: Outcome<A>, secret: S): Outcome<A & S> {
  return { ...outcome, answer: { ...outcome.answer, ...secret } };
}
