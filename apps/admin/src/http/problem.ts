import type { FieldError, TollgateError } from '#libs/core';

/** An error as RFC 9457 says it. `code` is stable for programs, `detail` is for people, `errors` names fields at fault. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Path of the request that failed. */
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly FieldError[];
}

/** `error` as a problem document. Only its public part is in it. */
export function toProblem(error: TollgateError, instance: string): Problem {
  return {
    type: `urn:tollgate:error:${error.code}`,
    title: sentence(error.code),
    status: error.status,
    detail: error.message,
    instance,
    code: error.code,
    ...(error.fields.length > 0 && { errors: error.fields }),
  };
}

/** `rate_limit_exceeded` → `Rate limit exceeded`. */
function sentence(code: string): string {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
