import { createHash } from 'node:crypto';
import { TollgateError } from '#libs/core';

/** What has versions: every resource that can be updated. */
export interface Versioned {
  readonly id: string;
  readonly updatedAt: Date | string;
}

/** The entity tag of a resource: changes with every update, says nothing else. */
export function etagOf({ id, updatedAt }: Versioned): string {
  const version = `${id} ${new Date(updatedAt).toISOString()}`;
  return `"${createHash('sha256').update(version).digest('base64url').slice(0, 22)}"`;
}

/** Throws precondition_failed when `ifMatch` (RFC 9110 §13.1.1) was given and does not name the current version. */
export function requireMatch(ifMatch: string | null, current: Versioned): void {
  if (ifMatch === null || ifMatch.trim() === '*') return;
  const named = ifMatch.split(',').map((tag) => tag.trim());
  if (!named.includes(etagOf(current)))
    throw new TollgateError(
      'precondition_failed',
      'The resource was changed since you read it. Read it again and repeat your change.',
    );
}
