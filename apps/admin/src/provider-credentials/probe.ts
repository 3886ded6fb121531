import { type Agent, request } from 'undici';
import { systemClock } from '#libs/core';
import { leadsToPrivateAddress, outboundAgent, readAtMost, requirePublicHost } from '#libs/outbound';
import {
  AccessTokens,
  AuthorizationFailed,
  openAccess,
  type Provider,
  probeUrl,
  type StoredCredential,
  type TokenFetch,
} from '#libs/providers';

const TIMEOUT_MS = 10_000;
const TOKEN_ANSWER_BYTES_MAX = 64 * 1024;

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
  readonly credential: StoredCredential;
  readonly allowPrivateUpstreams: boolean;
}

/** Makes the provider's cheapest authenticated call. Follows no redirect; takes at most 10 s, and as long for a token. */
export async function probe({ provider, credential, allowPrivateUpstreams }: ProbeTarget): Promise<ProbeResult> {
  const agent = outboundAgent({ allowPrivate: allowPrivateUpstreams, timeoutMs: TIMEOUT_MS });
  const startMs = performance.now();
  const latency = (): number => Math.round(performance.now() - startMs);
  try {
    // Tokens of its own: one that is kept would prove nothing about the secret.
    const tokens = new AccessTokens(tokenFetchThrough(agent, allowPrivateUpstreams), systemClock);
    const access = openAccess(provider, credential, { clock: systemClock, tokens });
    if (!access) return { ok: false, status: null, latencyMs: 0, message: 'The provider cannot use the credential.' };
    const url = probeUrl(provider, access);
    const headers = { accept: 'application/json' };
    const authorization = await access.authorize({ method: 'GET', url, headers, body: '' });
    const { statusCode: status, body } = await request(url, {
      dispatcher: agent,
      headers: { ...headers, ...authorization },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    body.destroy().on('error', () => {});
    return { ok: status >= 200 && status < 300, status, latencyMs: latency(), message: meaningOf(status) };
  } catch (cause) {
    const status = cause instanceof AuthorizationFailed ? cause.status : null;
    return { ok: false, status, latencyMs: latency(), message: reasonOf(cause) };
  } finally {
    await agent.destroy();
  }
}

/** A token endpoint is in the secret: it is held to the same rule as the base URL. */
function tokenFetchThrough(agent: Agent, allowPrivate: boolean): TokenFetch {
  return async ({ url, headers, body }) => {
    requirePublicHost(url, { allowPrivate });
    const answer = await request(url, {
      dispatcher: agent,
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const bytes = await readAtMost(answer.body, TOKEN_ANSWER_BYTES_MAX);
    return { status: answer.statusCode, text: bytes.toString('utf8') };
  };
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
  if (cause instanceof AuthorizationFailed) return cause.message;
  if (leadsToPrivateAddress(cause)) return 'The base URL leads to a private network.';
  if (cause instanceof Error && cause.name === 'TimeoutError') return 'The provider did not answer in time.';
  return `The provider cannot be reached${/^[A-Z_]+$/.test(code) ? ` (${code})` : ''}.`;
}
