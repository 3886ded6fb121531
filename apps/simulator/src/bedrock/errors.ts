import { type ErrorOptions, Refusal, type WireError } from '../vendor.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors */
const TYPES: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['ValidationException', 'The provided request is not valid'],
  403: ['AccessDeniedException', "You don't have access to the model with the specified model ID."],
  404: ['ResourceNotFoundException', 'The provided model identifier is not found.'],
  408: ['ModelTimeoutException', 'Model has timed out in processing the request. Try your request again.'],
  424: ['ModelErrorException', 'The request failed due to an error while processing the model.'],
  429: ['ThrottlingException', 'Too many requests, please wait before trying again.'],
  500: [
    'InternalServerException',
    'The system encountered an unexpected error during processing. Try your request again.',
  ],
  503: ['ServiceUnavailableException', 'Bedrock is unable to process your request.'],
};

/** Which exception it is stands in a header. */
export function bedrockError(status: number, { message, code, retryAfter }: ErrorOptions = {}): WireError {
  const [type, usual] = TYPES[status] ?? ['InternalServerException', 'The system encountered an unexpected error.'];
  return {
    status,
    body: { message: message ?? usual },
    headers: {
      'x-amzn-errortype': `${code ?? type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    },
  };
}

export function invalid(message: string): Refusal {
  return new Refusal(bedrockError(400, { message }));
}
