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
  return createHash('sha256').update(canonical(value)).digest('base64url');
}

/** One text for a JSON value. Not JSON.stringify with a replacer: that costs several times as much on every call. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  let text = '{';
  for (const name of Object.keys(value).sort()) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member !== undefined) text += `${JSON.stringify(name)}:${canonical(member)},`;
  }
  return `${text}}`;
}
