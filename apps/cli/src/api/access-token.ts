import { CliFailure, reasonOf } from '../failure.js';
import type { Client } from './access.js';

const TIMEOUT_MS = 15_000;

export interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

/**
 * A token from the issuer (RFC 6749 §4.4, client_secret_basic: id and secret are form-encoded first, §2.3.1). Without
 * `resource`, for the client's own audience. Throws CliFailure when it is refused.
 */
export async function requestToken(issuer: string, client: Client, resource?: string): Promise<AccessToken> {
  const { clientId, clientSecret } = client;
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64');
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(resource !== undefined && { resource }) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new CliFailure(`The issuer at ${issuer} cannot be reached: ${reasonOf(cause)}`);
  });
  const answer = (await response.json().catch(() => ({}))) as Partial<Record<string, unknown>>;
  if (!response.ok || typeof answer['access_token'] !== 'string') {
    const why = answer['error_description'] ?? answer['error'] ?? response.status;
    throw new CliFailure(`The issuer at ${issuer} refused a token for ${clientId}: ${String(why)}`);
  }
  return { token: answer['access_token'], expiresInSeconds: Number(answer['expires_in'] ?? 0) };
}
