import { createHash } from 'node:crypto';

/** What makes two calls the same question: everything that changes the answer, and nothing that does not. */
export interface CacheQuestion {
  /** What is asked for: `chat`, `embeddings`, … */
  readonly operation: string;
  /** Route name, or `provider/model`. */
  readonly requestedModel: string;
  /** Who may share answers: callers of one scope never see those of another. */
  readonly scope: string;
  /** Of the guardrails that inspect the answer: what passed under others was not inspected by these. */
  readonly policy: string;
  /** The request as JSON values, without transport fields (stream, stream options, end user, metadata). */
  readonly request: unknown;
}

/** SHA-256 over the canonical question, base64url. Keys of objects are sorted, so that field order does not matter. */
export function cacheKey(question: CacheQuestion): string {
  return fingerprint(question);
}

/** SHA-256 over a JSON value whatever the order of its fields, base64url. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('base64url');
}

function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
