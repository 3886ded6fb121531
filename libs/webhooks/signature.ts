import { createHmac } from 'node:crypto';
import { secretBytes } from './secret.js';

/** What a receiver checks a delivery by. */
export interface SignedHeaders {
  /** The event: the same however often it is sent. */
  readonly 'webhook-id': string;
  /** When it was sent, seconds since the epoch. */
  readonly 'webhook-timestamp': string;
  /** One signature per secret, separated by blanks: `v1,<base64>`. */
  readonly 'webhook-signature': string;
}

/**
 * The headers of Standard Webhooks (standardwebhooks.com, 2023): HMAC-SHA256 over `<id>.<timestamp>.<body>`, so that neither the
 * body nor the time can be changed. All `secrets` sign, for the time in which a receiver changes from one to the next.
 */
export function signedHeaders(
  secrets: readonly string[],
  { id, atMs, body }: { readonly id: string; readonly atMs: number; readonly body: string },
): SignedHeaders {
  const timestamp = String(Math.floor(atMs / 1000));
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secretBytes(secret)).update(signed).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
