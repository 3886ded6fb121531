import { type Principal, userOf } from '#libs/identity';
import type { UsageEvent } from '#libs/messages';
import { withinBoth } from '#libs/routing';
import type { Ask } from './ask.js';

/*
 * What it means for a call that it is made on somebody's behalf: that one is its user, and it may do no more than everyone
 * who stands behind it.
 */

/** The user that limits, rules and the record know: the verified subject, else whom the service named. */
export function endUserOf({ subject }: Principal, ask: Pick<Ask, 'endUser'> | null): string | null {
  return subject ? userOf(subject) : (ask?.endUser ?? null);
}

/** Patterns of what the call may ask for: of the caller's, what everyone behind it may too. */
export function allowedModelsOf({ allowedModels, subject }: Principal): readonly string[] {
  return (subject?.alsoWithin ?? []).reduce(withinBoth, allowedModels);
}

/** How the record says it; nothing for a call on the service's own behalf. */
export function actingFor({ subject }: Principal): Pick<UsageEvent, 'subject' | 'actors'> {
  return subject ? { subject: `${subject.kind}:${subject.name}`, actors: subject.actors } : {};
}
