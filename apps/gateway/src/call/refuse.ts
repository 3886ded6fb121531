import { CODES, type TollgateError } from '#libs/core';
import { bearerChallenge } from '#libs/identity';
import type { CallDeps, Door } from './call.types.js';
import type { Exchange } from './exchange.js';
import { GuardrailBlocked } from './inspect-input.js';
import type { CallRecord } from './record.js';
import { traceIdOf } from './request-headers.js';

/**
 * Any error in the shape of the surface called: a status while none has gone out, else the dialect's event inside the stream.
 * A call whose caller is known is recorded, whatever became of it.
 */
export async function refuse(
  surface: Door,
  exchange: Exchange,
  record: CallRecord,
  error: TollgateError,
  deps: CallDeps,
): Promise<void> {
  if (error instanceof GuardrailBlocked) record.findings.push(...error.findings);
  logged(error, record, deps);
  tell(surface, exchange, record, error);
  if (record.principal === null) {
    deps.metrics.refused(surface.id, error.code);
    return;
  }
  const event = record.failure(record.principal, error);
  deps.metrics.finished(event);
  deps.telemetry?.finished(event, record.traceparent);
  await deps
    .appendEvent(event)
    .catch((cause: unknown) =>
      deps.log.error({ callId: record.callId, cause: String(cause) }, 'a refused call could not be recorded'),
    );
}

/** The one place where the error of a call without an answer is logged. */
export function logged(error: TollgateError, record: CallRecord, deps: CallDeps): void {
  deps.log[CODES[error.code].level](
    {
      callId: record.callId,
      requestId: record.requestId,
      traceId: traceIdOf(record.traceparent),
      code: error.code,
      detail: error.detail,
      stack: error.code === 'internal_error' ? String((error.cause as Error | undefined)?.stack) : undefined,
    },
    error.message,
  );
}

/** Tells the client what went wrong, in the surface's shape. */
export function tell(surface: Door, exchange: Exchange, record: CallRecord, error: TollgateError): void {
  if (exchange.signal.aborted) return;
  if (exchange.begun) {
    exchange.end(surface.dialect.renderStreamError(error));
    return;
  }
  exchange.respond(
    error.status,
    {
      ...errorHeaders(error),
      ...record.limitHeaders,
      'x-request-id': record.requestId,
      'content-type': 'application/json',
    },
    JSON.stringify(surface.dialect.renderError(error)),
  );
}

/** RFC 6750 §3 on 401; `retry-after` in whole seconds, rounded up, on every 429 and 503; a full budget is not worth a retry. */
export function errorHeaders(error: TollgateError): Record<string, string> {
  const headers: Record<string, string> = {};
  if (error.status === 401) headers['www-authenticate'] = bearerChallenge(error);
  if (error.code === 'insufficient_quota') headers['x-should-retry'] = 'false';
  if (error.status === 429 || error.status === 503)
    headers['retry-after'] = String(Math.max(1, Math.ceil((error.retryAfterMs ?? 60_000) / 1000)));
  return headers;
}
