import { alphanumericId } from '../ids.js';
import { type ErrorOptions, Refusal, type WireError } from '../vendor.js';

interface Wording {
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
}

const SERVER_ERROR: Wording = {
  type: 'server_error',
  code: null,
  message: 'The server had an error while processing your request. Sorry about that!',
};

/** What OpenAI says per status. https://platform.openai.com/docs/guides/error-codes */
const WORDINGS: Readonly<Record<number, Wording>> = {
  400: { type: 'invalid_request_error', code: null, message: 'Your request is invalid.' },
  401: { type: 'invalid_request_error', code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  403: { type: 'invalid_request_error', code: 'unsupported_country_region_territory', message: 'Not supported.' },
  404: { type: 'invalid_request_error', code: 'model_not_found', message: 'The model does not exist.' },
  429: { type: 'requests', code: 'rate_limit_exceeded', message: 'Rate limit reached for requests.' },
  500: SERVER_ERROR,
  503: {
    type: 'service_unavailable_error',
    code: null,
    message: 'The engine is currently overloaded, please try again later',
  },
};

/** Codes whose type and text differ from their status' usual ones. */
const BY_CODE: Readonly<Record<string, Wording>> = {
  insufficient_quota: {
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  context_length_exceeded: {
    type: 'invalid_request_error',
    code: 'context_length_exceeded',
    message: "This model's maximum context length is 128000 tokens. Please reduce the length of the messages.",
  },
};

export interface OpenaiError {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** The inside of OpenAI's error body for a status. */
export function openaiErrorOf(status: number, { message, code }: ErrorOptions = {}): OpenaiError {
  const usual = WORDINGS[status] ?? (status >= 500 ? SERVER_ERROR : { ...SERVER_ERROR, type: 'invalid_request_error' });
  const wording = BY_CODE[code ?? ''] ?? { ...usual, code: code ?? usual.code };
  return { message: message ?? wording.message, type: wording.type, param: null, code: wording.code };
}

export function openaiError(status: number, options: ErrorOptions = {}): WireError {
  return {
    status,
    body: { error: openaiErrorOf(status, options) },
    ...(options.retryAfter !== undefined && { headers: { 'retry-after': String(options.retryAfter) } }),
  };
}

/** A refusal that names the field at fault. */
export function invalid(message: string, param: string | null, code: string | null = null): Refusal {
  return new Refusal({ status: 400, body: { error: { message, type: 'invalid_request_error', param, code } } });
}

export function missing(param: string): Refusal {
  return invalid(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter');
}

/** Headers on every answer of OpenAI's. */
export function openaiHeaders(): Readonly<Record<string, string>> {
  return {
    'x-request-id': alphanumericId('req_', 32).toLowerCase(),
    'openai-organization': 'simulated',
    'openai-processing-ms': '12',
    'openai-version': '2020-10-01',
  };
}
