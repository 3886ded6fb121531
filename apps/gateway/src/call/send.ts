import type { RouteTimeouts } from '#libs/routing';
import type { LiveModel } from '../live/live.js';
import type { CallDeps } from './call.types.js';
import type { UpstreamResponse } from './upstream.js';

/** What goes to a provider, before its credential is on it. */
export interface Unsent {
  readonly url: string;
  /** Names in lower case; `content-type` is JSON's unless they say otherwise. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** How long is waited for what, what ends it all, and who wants to know that the request has gone out. */
export interface Sending extends Pick<Required<RouteTimeouts>, 'connectMs' | 'silenceMs'> {
  readonly signal: AbortSignal;
  readonly onSent?: () => void;
}

/** Posts to a model's provider, and hears what it says is left of its limits. The credential is put in here and nowhere else; a refused one is renewed once if it can be. */
export async function send(
  { model, access }: LiveModel,
  { url, body, headers: given }: Unsent,
  { signal, connectMs, silenceMs, onSent }: Sending,
  { upstream, headroom, clock }: Pick<CallDeps, 'upstream' | 'headroom' | 'clock'>,
): Promise<UpstreamResponse> {
  const unsigned = { 'content-type': 'application/json', ...given };
  for (let renewed = false; ; renewed = true) {
    const authorization = access.authorize({ method: 'POST', url, headers: unsigned, body });
    // A key is just there; only what must be signed or fetched is waited for.
    const credential = authorization instanceof Promise ? await unlessAborted(authorization, signal) : authorization;
    const headers = { ...unsigned, ...credential };
    const response = await upstream.send({
      url,
      body,
      headers,
      signal,
      connectMs,
      silenceMs,
      ...(onSent && { onSent }),
    });
    headroom.heard(model.id, response.headers, clock.now());
    if (response.status !== 401 || renewed || !access.renew(credential)) return response;
    response.discard();
  }
}

/** An access token is fetched for many calls: the one that leaves does not stop it, and does not wait for it either. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
