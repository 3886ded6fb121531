import { type AccessToken, silentToken } from './oidc';

/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 60_000;

/** Thrown by {@link accessToken} when the person has to sign in again. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded';
}

let token: AccessToken | null = null;
let renewal: Promise<AccessToken | null> | null = null;
const listeners = new Set<() => void>();
let ended = false;

export function takeToken(fresh: AccessToken): void {
  token = fresh;
  setEnded(false);
}

/** A token that can be used now. Requests that need a new one at the same time share its making. */
export async function accessToken(): Promise<string> {
  if (token && token.endsAtMs - Date.now() > RENEW_BEFORE_MS) return token.value;
  return renew();
}

/** The API did not take the token: it was revoked, or the member signed out elsewhere. */
export function forgetToken(): void {
  token = null;
}

async function renew(): Promise<string> {
  renewal ??= silentToken().finally(() => {
    renewal = null;
  });
  token = await renewal;
  setEnded(token === null);
  if (token === null) throw new SessionEnded('The session has ended.');
  return token.value;
}

function setEnded(now: boolean): void {
  if (ended === now) return;
  ended = now;
  for (const listener of listeners) listener();
}

/** For useSyncExternalStore: whether the person has to sign in again. */
export const sessionEnded = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): boolean => ended,
  /** The person wants to look at what is on the page first. The next request that fails says it again. */
  overlook: (): void => setEnded(false),
};
