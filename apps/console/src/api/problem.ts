import { apiTexts } from '../texts/api';

/** An error of the admin API (RFC 9457), or that it could not be reached (`status` 0). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    /** By the path of the field, dotted. */
    readonly fields: Readonly<Record<string, string>>,
    /** To tell support, and to find the request in the log. */
    readonly requestId: string | null,
  ) {
    super(detail);
  }
}

interface ProblemBody {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** Reads what the API says is wrong. Never throws: an answer that is no problem document becomes one. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: ProblemBody = await response.json().catch(() => ({}));
  const fields = Object.fromEntries((body.errors ?? []).map(({ field, message }) => [field, message]));
  return new Problem(
    response.status,
    body.code ?? 'unknown',
    body.title ?? apiTexts.failed,
    body.detail ?? apiTexts.answered(response.status),
    fields,
    response.headers.get('x-request-id'),
  );
}

/** Anything thrown, as a problem to be shown. */
export function asProblem(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  const unreachable = cause instanceof TypeError;
  const detail = unreachable ? apiTexts.unreachable : cause instanceof Error ? cause.message : String(cause);
  return new Problem(0, unreachable ? 'unreachable' : 'unknown', apiTexts.failed, detail, {}, null);
}
