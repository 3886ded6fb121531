/** What goes wrong with an answer, or is prescribed about it. Absent fields leave the answer as it would have been. */
export interface Fault {
  /** HTTP status of a vendor-shaped error instead of an answer. */
  readonly status?: number;
  /** Error code in that error's body, e.g. `insufficient_quota`, `context_length_exceeded`. */
  readonly code?: string;
  /** Seconds, told the vendor's way: `retry-after`, or Gemini's RetryInfo. */
  readonly retryAfter?: number;
  /** Before the first byte of the head. */
  readonly slowHeadersMs?: number;
  /** Before the answer; a stream has sent its head by then. */
  readonly delayMs?: number;
  /** Exact length of the answer, in tokens. */
  readonly tokens?: number;
  /** Between the tokens of a stream. */
  readonly tokenDelayMs?: number;
  /** The connection is closed after this many events of a stream, or in the middle of a JSON body. */
  readonly cutAfterEvents?: number;
  /** Silence after this many events of a stream, or in the middle of a JSON body, until the client leaves. */
  readonly stallAfterEvents?: number;
  /** The stream ends with the vendor's error event … */
  readonly errorInStream?: boolean;
  /** … after this many events; 3 unless told. */
  readonly errorAfterEvents?: number;
  /** Half a JSON text, as the whole body or as the third event of a stream. */
  readonly malformed?: boolean;
  /** A proxy's HTML page; status 502 unless `status` says otherwise. */
  readonly html?: boolean;
  /** No usage anywhere in the answer. */
  readonly noUsage?: boolean;
  /** The stream ends without the vendor's closing event. */
  readonly noDone?: boolean;
  /** The model declines, in the vendor's way. */
  readonly refuse?: boolean;
  /** The connection is reset instead of an answer. */
  readonly reset?: boolean;
  /** Only the first N calls are struck, then all is well. */
  readonly times?: number;
  /** How many of the input tokens were read from the vendor's prompt cache. */
  readonly cachedTokens?: number;
  /** How many of the input tokens were written to it. */
  readonly cacheWriteTokens?: number;
}

export const NO_FAULT: Fault = {};

type Kind = 'number' | 'boolean' | 'string';

const KINDS: { readonly [field in keyof Fault]-?: Kind } = {
  status: 'number',
  code: 'string',
  retryAfter: 'number',
  slowHeadersMs: 'number',
  delayMs: 'number',
  tokens: 'number',
  tokenDelayMs: 'number',
  cutAfterEvents: 'number',
  stallAfterEvents: 'number',
  errorInStream: 'boolean',
  errorAfterEvents: 'number',
  malformed: 'boolean',
  html: 'boolean',
  noUsage: 'boolean',
  noDone: 'boolean',
  refuse: 'boolean',
  reset: 'boolean',
  times: 'number',
  cachedTokens: 'number',
  cacheWriteTokens: 'number',
};

/** A fault that was written wrongly; the message says which field and how. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

/** Checks a fault given as JSON. Throws FaultError on an unknown field or a value of the wrong type. */
export function checkFault(given: Readonly<Record<string, unknown>>): Fault {
  for (const [field, value] of Object.entries(given)) {
    const kind = kindOf(field);
    if (typeof value !== kind || (kind === 'number' && !(Number(value) >= 0)))
      throw new FaultError(`${field} must be a ${kind}${kind === 'number' ? ' from 0' : ''}`);
  }
  return given as Fault;
}

/** Reads `status=503;retryAfter=2;html=true`. Throws FaultError as checkFault does. */
export function parseFault(text: string): Fault {
  const pairs = text.split(';').filter((pair) => pair !== '');
  return checkFault(
    Object.fromEntries(
      pairs.map((pair) => {
        const [field = '', value = 'true'] = pair.split('=', 2);
        return [field, convert(kindOf(field), value)];
      }),
    ),
  );
}

function kindOf(field: string): Kind {
  const kind = Object.hasOwn(KINDS, field) ? KINDS[field as keyof Fault] : undefined;
  if (kind === undefined) throw new FaultError(`unknown fault ${field}; known are ${Object.keys(KINDS).join(', ')}`);
  return kind;
}

function convert(kind: Kind, value: string): unknown {
  if (kind === 'number') return value === '' ? Number.NaN : Number(value);
  return kind === 'boolean' ? value === 'true' : value;
}

/** Splits `gpt-4o~status=503` into the model's name and the fault behind the tilde (empty when there is none). */
export function splitModel(requested: string): { readonly model: string; readonly suffix: string } {
  const tilde = requested.indexOf('~');
  return tilde < 0
    ? { model: requested, suffix: '' }
    : { model: requested.slice(0, tilde), suffix: requested.slice(tilde + 1) };
}
