import * as client from 'openid-client';
import { outboundFetch } from '#libs/outbound';

const TIMEOUT_MS = 5_000;
/** Some providers list dozens of certificates. */
const ANSWER_BYTES_MAX = 512 * 1024;

export interface CorporateClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  /** Plain http and private networks are allowed. */
  readonly allowPrivate: boolean;
}

/** The way out to identity providers: no private networks, no long wait, no endless answer. */
export function corporateFetch(allowPrivate: boolean) {
  return outboundFetch({ allowPrivate, timeoutMs: TIMEOUT_MS }, ANSWER_BYTES_MAX);
}

/**
 * Us as a client of an identity provider, whose endpoints are found by discovery. Throws when it cannot be reached, or says
 * that it is another issuer.
 */
export async function discover({
  issuer,
  clientId,
  clientSecret,
  allowPrivate,
}: CorporateClient): Promise<client.Configuration> {
  const authentication = clientSecret === null ? client.None() : client.ClientSecretPost(clientSecret);
  return client.discovery(new URL(issuer), clientId, {}, authentication, {
    timeout: TIMEOUT_MS / 1000,
    [client.customFetch]: corporateFetch(allowPrivate),
    execute: [client.enableNonRepudiationChecks, ...(allowPrivate ? [client.allowInsecureRequests] : [])],
  });
}
