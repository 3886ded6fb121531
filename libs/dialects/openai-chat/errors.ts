import { CODES, type TollgateError } from '#libs/core';
import type { UpstreamFailure } from '../dialect.js';
import { arrayOf, defined, isObject, objectOf, parseObject, textOf } from '../json/index.js';
import { kindOfStatus, retryAfterMs } from '../neutral/failure.js';
import type { JsonObject, UpstreamError, UpstreamErrorKind } from '../neutral/index.js';
import { sseData } from '../sse/index.js';

/** What vendors write in `code` or `type`. OpenAI: https://platform.openai.com/docs/guides/error-codes, others alike. */
const KINDS: Readonly<Record<string, UpstreamErrorKind>> = {
  context_length_exceeded: 'context-length',
  model_max_prompt_tokens_exceeded: 'context-length',
  content_filter: 'content-policy',
  content_policy_violation: 'content-policy',
  moderation_blocked: 'content-policy',
  responsibleaipolicyviolation: 'content-policy',
  insufficient_quota: 'quota',
  billing_hard_limit_reached: 'quota',
  billing_not_active: 'quota',
  insufficient_balance: 'quota',
  invalid_api_key: 'authentication',
  invalid_authentication_error: 'authentication',
  authentication_error: 'authentication',
  permission_error: 'permission',
  permission_denied: 'permission',
  unsupported_country_region_territory: 'permission',
  model_not_found: 'not-found',
  deploymentnotfound: 'not-found',
  not_found_error: 'not-found',
  rate_limit_exceeded: 'rate-limit',
  rate_limit_error: 'rate-limit',
  rate_limit_reached_error: 'rate-limit',
  engine_overloaded_error: 'overloaded',
  overloaded_error: 'overloaded',
  server_overloaded: 'overloaded',
  service_unavailable: 'overloaded',
  capacity_exceeded: 'overloaded',
  timeout: 'timeout',
  server_error: 'server',
  internal_server_error: 'server',
};

/** What only the words tell, and of which looser class they make it more exact. */
const WORDS: readonly (readonly [RegExp, UpstreamErrorKind])[] = [
  [/(incorrect|invalid|missing) api.?key/i, 'authentication'],
  [
    /context (length|window|size)|maximum (context|prompt|input) length|(prompt|input|request|messages?)\b.{0,40} too (long|large|many tokens)|too many (input )?tokens|reduce the length/i,
    'context-length',
  ],
  [/content (management )?polic|content.?filter|safety system|usage polic|flagged (as|by|for)/i, 'content-policy'],
  [
    /(exceeded|over) your current quota|insufficient (balance|credit|fund|quota)|out of credits|credit balance/i,
    'quota',
  ],
  [/overloaded|over ?capacity|at capacity|capacity exceeded/i, 'overloaded'],
];
const LOOSE: ReadonlySet<UpstreamErrorKind> = new Set([
  'invalid-request',
  'permission',
  'rate-limit',
  'server',
  'quota',
]);

interface Said {
  readonly message: string | undefined;
  readonly codes: readonly string[];
  readonly param: string | undefined;
}

/** An upstream failure: OpenAI's error object, one of the shapes that vendors made of it, or no JSON at all. */
export function decodeError({ status, headers, body, nowMs }: UpstreamFailure): UpstreamError {
  const parsed = parseObject(body);
  const said = parsed ? saidIn(parsed) : { message: undefined, codes: [], param: undefined };
  const message = said.message ?? `HTTP ${status}`;
  return defined<UpstreamError>({
    kind: kindOf(said, status),
    message,
    status,
    code: said.codes[0],
    param: said.param,
    retryAfterMs: retryAfterMs(headers, nowMs) ?? waitInWords(message),
  });
}

/** An error object inside a stream whose status was 200; undefined for everything else. */
export function errorInStream(chunk: JsonObject, event: string | null): UpstreamError | undefined {
  const { error } = chunk;
  const told = (error !== undefined && error !== null) || chunk['object'] === 'error' || event === 'error';
  if (!told) return undefined;
  const said = saidIn(chunk);
  const message = said.message ?? 'The stream ended with an error.';
  return defined<UpstreamError>({
    kind: kindOf(said, null),
    message,
    status: null,
    code: said.codes[0],
    param: said.param,
    retryAfterMs: waitInWords(message),
  });
}

/** OpenAI: `{error: {message, type, code, param}}`. Also seen: `{error: text, code}`, `{message, type}`, `{detail}` as text or list. */
function saidIn(body: JsonObject): Said {
  const error = isObject(body['error']) ? body['error'] : body;
  const detail = body['detail'] ?? objectOf(error['message'])['detail'];
  const [first] = arrayOf(detail).filter(isObject);
  const codes = [objectOf(error['innererror'])['code'], error['code'], error['type'], body['code'], body['type']];
  return {
    message: textOf(error['message']) ?? textOf(body['error']) ?? textOf(detail) ?? textOf(first?.['msg']),
    codes: codes.filter((code) => typeof code === 'string' || typeof code === 'number').map(String),
    param: textOf(error['param']) ?? (first ? arrayOf(first['loc']).slice(1).join('.') : undefined),
  };
}

function kindOf({ codes, message = '' }: Said, status: number | null): UpstreamErrorKind {
  const named = codes.map((code) => code.toLowerCase()).find((code) => Object.hasOwn(KINDS, code));
  const number = status ?? codes.map(Number).find((code) => code >= 400 && code < 600);
  const kind =
    (named === undefined ? undefined : KINDS[named]) ?? (number === undefined ? inWords(codes) : kindOfStatus(number));
  if (!LOOSE.has(kind) || (named !== undefined && kind !== 'server')) return kind;
  return WORDS.find(([words]) => words.test(message))?.[1] ?? kind;
}

const inWords = (codes: readonly string[]): UpstreamErrorKind =>
  codes.includes('invalid_request_error') ? 'invalid-request' : 'server';

/** `Please try again in 6m0.5s`: OpenAI and Groq say so where the header is missing. */
function waitInWords(message: string): number | undefined {
  const match = /try again in (?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)(ms|s))?/i.exec(message);
  if (!match?.[0] || /in $/.test(match[0])) return undefined;
  const [, hours = '0', minutes = '0', last = '0', unit] = match;
  return Math.ceil((Number(hours) * 60 + Number(minutes)) * 60_000 + Number(last) * (unit === 'ms' ? 1 : 1000));
}

const TYPES: Readonly<Partial<Record<number, string>>> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
};

function typeOf({ code }: TollgateError): string {
  if (code === 'insufficient_quota') return 'insufficient_quota';
  const { status } = CODES[code];
  return TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'server_error');
}

/** OpenAI's error body; all four members are always there. */
export function renderError(error: TollgateError): JsonObject {
  return { error: { message: error.message, type: typeOf(error), param: error.param ?? null, code: error.code } };
}

export const renderStreamError = (error: TollgateError): string => sseData(renderError(error));
