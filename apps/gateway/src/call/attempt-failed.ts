import { TollgateError } from '#libs/core';
import type { UpstreamError, UpstreamErrorKind } from '#libs/dialects';
import { AuthorizationFailed } from '#libs/providers';
import { ForbiddenAddress } from './upstream.js';

/** What failover does about a failure: try another model, or tell the client at once because the fault is in the request. */
export type Remedy = 'next' | 'tell';

/** Classes and their remedies. Our credential's faults (authentication, permission, quota) are not the client's: the next model may do. */
export const REMEDIES: Readonly<Record<UpstreamErrorKind, Remedy>> = {
  'invalid-request': 'tell',
  'context-length': 'next',
  'content-policy': 'tell',
  authentication: 'next',
  permission: 'next',
  'not-found': 'next',
  'rate-limit': 'next',
  quota: 'next',
  overloaded: 'next',
  timeout: 'next',
  server: 'next',
};

/** One attempt did not give an answer. */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed';

  constructor(
    readonly upstream: UpstreamError,
    readonly remedy: Remedy = REMEDIES[upstream.kind],
  ) {
    super(`${upstream.kind}: ${upstream.message}`);
  }
}

const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);

/** Whatever was thrown while talking to a provider, with its class. */
export function failedBy(cause: unknown): AttemptFailed {
  if (cause instanceof AttemptFailed) return cause;
  if (cause instanceof TollgateError && cause.code === 'invalid_request') {
    // This model cannot be asked for that at all, as its dialect says before anything is sent; another one may.
    const { message, param } = cause;
    return new AttemptFailed({ kind: 'invalid-request', message, status: null, ...(param && { param }) }, 'next');
  }
  if (cause instanceof TollgateError) {
    const kind = cause.code === 'model_not_found' ? 'not-found' : 'server';
    return new AttemptFailed({ kind, message: cause.detail ?? cause.message, status: null });
  }
  if (cause instanceof AuthorizationFailed) {
    const kind = cause.reason === 'refused' ? 'authentication' : 'server';
    return new AttemptFailed({ kind, message: `${cause.message} (${cause.status})`, status: null });
  }
  if (cause instanceof ForbiddenAddress)
    return new AttemptFailed({ kind: 'server', message: cause.message, status: null, code: 'forbidden_address' });
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (TIMEOUTS.has(code) || (cause instanceof Error && cause.name === 'TimeoutError')) {
    return new AttemptFailed({ kind: 'timeout', message: 'The provider did not answer in time.', status: null, code });
  }
  return new AttemptFailed({
    kind: 'server',
    message: `The connection failed${code && ` (${code})`}.`,
    status: null,
    code,
  });
}

/**
 * What the client is told when the last candidate failed too. The provider's own words reach it only for faults of its own
 * request; for ours they stay in the log.
 */
export function toClient({ upstream }: Pick<AttemptFailed, 'upstream'>, tried: number): TollgateError {
  const { kind, message, status, param, retryAfterMs } = upstream;
  const detail = `upstream ${status ?? 'connection'}: ${message.slice(0, 500)}`;
  const facts = { detail, ...(param !== undefined && { param }), ...(retryAfterMs !== undefined && { retryAfterMs }) };
  switch (kind) {
    case 'invalid-request':
      return new TollgateError('invalid_request', message, facts);
    case 'context-length':
      return new TollgateError('context_length_exceeded', message, facts);
    case 'content-policy':
      return new TollgateError('content_policy', message, facts);
    case 'timeout':
      return new TollgateError('upstream_timeout', `No provider answered in time (${models(tried)} tried).`, facts);
    case 'rate-limit':
      return new TollgateError(
        'rate_limit_exceeded',
        `Every provider of this route is over its own limits (${models(tried)} tried).`,
        facts,
      );
    case 'overloaded':
      return new TollgateError('overloaded', `Every provider of this route is overloaded (${models(tried)} tried).`, {
        retryAfterMs: 5_000,
        ...facts,
      });
    default:
      return new TollgateError(
        'upstream_error',
        `No provider could answer (${models(tried)} tried; the last one: ${SUMMARY[kind]}${status === null ? '' : `, status ${status}`}).`,
        facts,
      );
  }
}

const models = (count: number): string => (count === 1 ? '1 model' : `${count} models`);

const SUMMARY: Readonly<
  Record<
    Exclude<
      UpstreamErrorKind,
      'invalid-request' | 'context-length' | 'content-policy' | 'timeout' | 'rate-limit' | 'overloaded'
    >,
    string
  >
> = {
  authentication: 'it refused our credential',
  permission: 'our credential may not use the model',
  'not-found': 'it does not know the model',
  quota: 'our account there is out of quota',
  server: 'it failed',
};
