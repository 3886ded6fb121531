import { CODES, type TollgateError } from '#libs/core';
import type { UpstreamFailure } from '../dialect.js';
import { defined, objectOf, parseObject, textOf } from '../json/index.js';
import { kindOfStatus, retryAfterMs } from '../neutral/failure.js';
import type { JsonObject, UpstreamError, UpstreamErrorKind } from '../neutral/index.js';
import { sseEvent } from '../sse/index.js';

/** docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors, and IAM's common errors. */
const KINDS: Readonly<Record<string, UpstreamErrorKind>> = {
  accessdeniedexception: 'permission',
  expiredtokenexception: 'authentication',
  incompletesignature: 'authentication',
  internalserverexception: 'server',
  invalidsignatureexception: 'authentication',
  missingauthenticationtoken: 'authentication',
  modelerrorexception: 'server',
  modelnotreadyexception: 'overloaded',
  modelstreamerrorexception: 'server',
  modeltimeoutexception: 'timeout',
  resourcenotfoundexception: 'not-found',
  servicequotaexceededexception: 'quota',
  serviceunavailableexception: 'overloaded',
  throttlingexception: 'rate-limit',
  unrecognizedclientexception: 'authentication',
  validationexception: 'invalid-request',
};

const CONTEXT_LENGTH =
  /too long|too many (input )?tokens|maximum (context|input|prompt)|exceeds? .{0,30}(context|token)/i;

function kindOf(type: string | undefined, message: string, status: number | null): UpstreamErrorKind {
  const known = type === undefined ? undefined : KINDS[type.toLowerCase()];
  const kind = known ?? (status === null ? 'server' : kindOfStatus(status));
  return kind === 'invalid-request' && CONTEXT_LENGTH.test(message) ? 'context-length' : kind;
}

/** `ThrottlingException:http://…` in the header, `com.amazon…#ThrottlingException` in the body. */
const shortType = (type: string | undefined): string | undefined => type?.split(':')[0]?.split('#').at(-1);

/** An answer that is no success: `{message}`, its type in a header, or whatever stood in the way. */
export function decodeError({ status, headers, body, nowMs }: UpstreamFailure): UpstreamError {
  const error = objectOf(parseObject(body));
  const type = shortType(headers['x-amzn-errortype'] ?? textOf(error['__type']));
  const message = textOf(error['message']) ?? textOf(error['Message']) ?? `HTTP ${status}`;
  return defined<UpstreamError>({
    kind: kindOf(type, message, status),
    message,
    status,
    code: type,
    retryAfterMs: retryAfterMs(headers, nowMs),
  });
}

/** An exception frame of a stream, named by its type. */
export function decodeStreamError(type: string, payload: JsonObject): UpstreamError {
  const message = textOf(payload['message']) ?? 'The stream ended with an error.';
  return { kind: kindOf(type, message, null), message, status: null, code: type };
}

const TYPES: Readonly<Record<number, string>> = {
  401: 'UnrecognizedClientException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailableException',
  504: 'ModelTimeoutException',
};

export function renderError(error: TollgateError): JsonObject {
  const { status } = CODES[error.code];
  const type = TYPES[status] ?? (status < 500 ? 'ValidationException' : 'InternalServerException');
  return { __type: type, message: error.message, code: error.code };
}

export const renderStreamError = (error: TollgateError): string => {
  const { __type: type, ...payload } = renderError(error);
  const name = String(type);
  return sseEvent(name.charAt(0).toLowerCase() + name.slice(1), payload);
};
