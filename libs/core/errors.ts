/** How a client may try again: `never` with the same input, `after` a wait, or `now` (a fault that may be gone). */
export type Retry = 'never' | 'after' | 'now';

interface CodeRow {
  /** HTTP status on every surface. */
  readonly status: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly retry: Retry;
}

/**
 * Every error that Tollgate itself can answer with. The key is the public `code`, the metric label and the heading in
 * docs/errors.md (a test keeps the two equal).
 */
export const CODES = {
  invalid_request: { status: 400, level: 'info', retry: 'never' },
  context_length_exceeded: { status: 400, level: 'info', retry: 'never' },
  content_policy: { status: 400, level: 'info', retry: 'never' },
  invalid_token: { status: 401, level: 'info', retry: 'never' },
  permission_denied: { status: 403, level: 'info', retry: 'never' },
  model_not_allowed: { status: 403, level: 'info', retry: 'never' },
  guardrail_blocked: { status: 403, level: 'info', retry: 'never' },
  residency_violation: { status: 403, level: 'info', retry: 'never' },
  not_found: { status: 404, level: 'info', retry: 'never' },
  model_not_found: { status: 404, level: 'info', retry: 'never' },
  method_not_allowed: { status: 405, level: 'info', retry: 'never' },
  request_timeout: { status: 408, level: 'info', retry: 'now' },
  conflict: { status: 409, level: 'info', retry: 'never' },
  precondition_failed: { status: 412, level: 'info', retry: 'never' },
  request_too_large: { status: 413, level: 'info', retry: 'never' },
  unsupported_media_type: { status: 415, level: 'info', retry: 'never' },
  precondition_required: { status: 428, level: 'info', retry: 'never' },
  rate_limit_exceeded: { status: 429, level: 'info', retry: 'after' },
  insufficient_quota: { status: 429, level: 'info', retry: 'never' },
  client_closed_request: { status: 499, level: 'info', retry: 'now' },
  internal_error: { status: 500, level: 'error', retry: 'now' },
  upstream_error: { status: 502, level: 'warn', retry: 'now' },
  overloaded: { status: 503, level: 'warn', retry: 'after' },
  upstream_timeout: { status: 504, level: 'warn', retry: 'now' },
} as const satisfies Record<string, CodeRow>;

export type ErrorCode = keyof typeof CODES;

export interface FieldError {
  /** Path of the offending field, dotted: `targets.0.model`. */
  readonly field: string;
  readonly message: string;
}

export interface ErrorFacts {
  /** For the log only: may name upstream text or internals, never a secret. */
  readonly detail?: string;
  /** The request field at fault, dotted. */
  readonly param?: string;
  /** Milliseconds until the same request could pass; rendered as `retry-after`. */
  readonly retryAfterMs?: number;
  readonly fields?: readonly FieldError[];
  readonly cause?: unknown;
}

/** The one error type that crosses module borders. `message` is public: no secrets, no upstream text, no matched text. */
export class TollgateError extends Error {
  override readonly name = 'TollgateError';
  readonly detail: string | undefined;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly fields: readonly FieldError[];

  constructor(
    readonly code: ErrorCode,
    publicMessage: string,
    facts: ErrorFacts = {},
  ) {
    super(publicMessage, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.detail = facts.detail;
    this.param = facts.param;
    this.retryAfterMs = facts.retryAfterMs;
    this.fields = facts.fields ?? [];
  }

  get status(): number {
    return CODES[this.code].status;
  }

  get retry(): Retry {
    return CODES[this.code].retry;
  }
}

/** Anything thrown becomes a TollgateError; what we did not foresee is `internal_error` and keeps its cause for the log. */
export function toTollgateError(cause: unknown): TollgateError {
  if (cause instanceof TollgateError) return cause;
  const detail = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new TollgateError('internal_error', 'Something went wrong on our side.', { detail, cause });
}
