import { request } from 'undici';
import { leadsToPrivateAddress, outboundAgent, requirePublicHost } from '#libs/outbound';

const TIMEOUT_MS = 10_000;

export interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** TOLLGATE_ALLOW_PRIVATE_UPSTREAMS. */
  readonly allowPrivate: boolean;
}

/** What came of it. `error` is ours, null when the receiver took it: nothing that it wrote is kept. */
export interface Posted {
  /** HTTP status, null when none arrived. */
  readonly status: number | null;
  readonly error: string | null;
}

/** Sends one delivery. Follows no redirect, reads no body, takes at most 10 s. Never rejects. */
export async function post({ url, headers, body, allowPrivate }: Posting): Promise<Posted> {
  const agent = outboundAgent({ allowPrivate, timeoutMs: TIMEOUT_MS });
  try {
    requirePublicHost(url, { allowPrivate });
    const answer = await request(url, {
      dispatcher: agent,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'tollgate-webhooks' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    answer.body.destroy().on('error', () => {});
    const { statusCode: status } = answer;
    return { status, error: status >= 200 && status < 300 ? null : `The receiver answered with status ${status}.` };
  } catch (cause) {
    return { status: null, error: reasonOf(cause) };
  } finally {
    await agent.destroy();
  }
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (leadsToPrivateAddress(cause)) return 'The URL leads to a private network.';
  if (cause instanceof Error && cause.name === 'TimeoutError') return 'The receiver did not answer in time.';
  return `The receiver cannot be reached${/^[A-Z_]+$/.test(code) ? ` (${code})` : ''}.`;
}
