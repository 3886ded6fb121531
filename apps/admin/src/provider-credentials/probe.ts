import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { authorize, isPrivateAddress, type Provider } from '#libs/providers';

const TIMEOUT_MS = 10_000;

/** What a provider said to a credential. `message` is ours: nothing that the provider wrote is in it. */
export interface ProbeResult {
  readonly ok: boolean;
  /** HTTP status, null when none arrived. */
  readonly status: number | null;
  readonly latencyMs: number;
  readonly message: string;
}

export interface ProbeTarget {
  readonly provider: Provider;
  readonly baseUrl: string;
  readonly secret: string;
  readonly allowPrivateUpstreams: boolean;
}

/** Asks the provider for its list of models, its cheapest authenticated call. Follows no redirect; takes at most 10 s. */
export async function probe({ provider, baseUrl, secret, allowPrivateUpstreams }: ProbeTarget): Promise<ProbeResult> {
  const agent = new Agent({ connect: { timeout: TIMEOUT_MS, ...(!allowPrivateUpstreams && { lookup: publicOnly }) } });
  const startMs = performance.now();
  const latency = (): number => Math.round(performance.now() - startMs);
  try {
    const { statusCode: status, body } = await request(baseUrl + provider.probePath, {
      dispatcher: agent,
      headers: { ...authorize(provider.auth, secret), accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body.destroy().on('error', () => {});
    return { ok: status >= 200 && status < 300, status, latencyMs: latency(), message: meaningOf(status) };
  } catch (cause) {
    return { ok: false, status: null, latencyMs: latency(), message: reasonOf(cause) };
  } finally {
    await agent.destroy();
  }
}

function meaningOf(status: number): string {
  if (status >= 200 && status < 300) return 'The provider accepts the credential.';
  if (status === 401 || status === 403) return 'The provider refuses the credential.';
  if (status === 404) return 'The provider has no model list at this base URL.';
  if (status === 429) return 'The provider limits the rate of calls with this credential.';
  return `The provider answered with status ${status}.`;
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === PRIVATE) return 'The base URL leads to a private network.';
  if (cause instanceof Error && cause.name === 'TimeoutError') return 'The provider did not answer in time.';
  return `The provider cannot be reached${/^[A-Z_]+$/.test(code) ? ` (${code})` : ''}.`;
}

const PRIVATE = 'PRIVATE_ADDRESS';

/** Resolves a name once and refuses it when any of its addresses is private, so that it cannot change in between. */
const publicOnly: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    if (addresses.some(({ address }) => isPrivateAddress(address)))
      return callback(Object.assign(new Error('private address'), { code: PRIVATE }), []);
    callback(null, addresses);
  });
};
