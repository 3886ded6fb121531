import type { RouteTimeouts } from '#libs/routing';
import type { LiveModel } from '../../live/live.js';
import { ANSWER_BYTES_MAX, FIRST_TOKEN_LATE, parseAnswer, passedOn, refusedBy } from '../attempt.js';
import { AttemptFailed, failedBy } from '../attempt-failed.js';
import type { CallDeps } from '../call.types.js';
import type { Exchange } from '../exchange.js';
import { FirstTokenLimit } from '../first-token-limit.js';
import { send } from '../send.js';
import type { UpstreamResponse } from '../upstream.js';
import { encodeFor, languageOf, type OutgoingOperation } from './encode-for.js';
import { EventMeter, SoundMeter } from './flow.js';
import type {
  AnswerToOperation,
  FlowMeter,
  OperationSurface,
  ParsedOperation,
  WholeAnswer,
} from './operation.types.js';

export interface OperationAttemptOptions {
  readonly signal: AbortSignal;
  readonly onSent: () => void;
  readonly timeouts: Required<RouteTimeouts>;
}

/**
 * One try of an operation against one model. Resolves when the answer is certain: it is whole, or the first of it has come.
 * Everything else is an AttemptFailed with its class.
 */
export async function attemptOperation(
  live: LiveModel,
  parsed: ParsedOperation,
  surface: OperationSurface,
  exchange: Exchange,
  { signal, onSent, timeouts }: OperationAttemptOptions,
  deps: CallDeps,
): Promise<AnswerToOperation> {
  const dialect = languageOf(live, surface);
  if (dialect === null || (surface.locally && dialect.id !== surface.dialect.id)) return local(parsed, surface);
  const flows = parsed.request.stream || dialect.plain === 'sound';
  using limit = flows ? new FirstTokenLimit(signal, timeouts.firstTokenMs) : null;
  try {
    const outgoing = encodeFor(live, dialect, parsed, surface);
    const { url, body, contentType } = outgoing;
    const unsent = { url, body, headers: { ...passedOn(exchange), 'content-type': contentType } };
    const response = await send(live, unsent, { ...timeouts, signal: limit?.signal ?? signal, onSent }, deps);
    if (response.status < 200 || response.status > 299) throw await refusedBy(response, outgoing, deps);
    return await answerIn(response, outgoing, parsed, signal);
  } catch (cause) {
    throw limit?.expired ? FIRST_TOKEN_LATE : failedBy(cause);
  }
}

async function local({ request }: ParsedOperation, surface: OperationSurface): Promise<WholeAnswer> {
  const answer = await surface.locally?.(request);
  if (!answer)
    throw new AttemptFailed({ kind: 'not-found', message: 'The provider has no such operation.', status: null });
  return { kind: 'whole', contentType: 'application/json', verbatim: null, answer, dropped: [] };
}

/** What came, by what it says it is. What should not have come is a failed attempt, an error page with status 200 too. */
async function answerIn(
  response: UpstreamResponse,
  { dialect, passThrough, dropped }: OutgoingOperation,
  { request }: ParsedOperation,
  until: AbortSignal,
): Promise<AnswerToOperation> {
  const contentType = response.headers['content-type'] ?? '';
  if (contentType.includes('json')) {
    const text = await response.text(ANSWER_BYTES_MAX);
    const answer = dialect.decodeResponse(parseAnswer(text));
    const faithful = passThrough && (dialect.asAsked?.(answer, request) ?? true);
    return { kind: 'whole', contentType: 'application/json', verbatim: faithful ? text : null, answer, dropped };
  }
  if (contentType.includes('text/event-stream') && request.stream) {
    return flowing(response, contentType, new EventMeter(dialect), until);
  }
  if (dialect.plain === 'text' && /^text\/(?!html)/.test(contentType)) {
    const text = await response.text(ANSWER_BYTES_MAX);
    return { kind: 'whole', contentType, verbatim: text, answer: { usage: undefined, model: undefined }, dropped };
  }
  if (dialect.plain === 'sound' && /^(audio\/|application\/octet-stream)/.test(contentType)) {
    return flowing(response, contentType, new SoundMeter(), until);
  }
  response.discard();
  const message = `The answer is of another kind than was asked for (${contentType.slice(0, 64)}).`;
  throw new AttemptFailed({ kind: 'server', message, status: response.status });
}

/** Waits for the first of a flow: an error that comes instead of it is a failed attempt. */
async function flowing(
  response: UpstreamResponse,
  contentType: string,
  meter: FlowMeter,
  until: AbortSignal,
): Promise<AnswerToOperation> {
  const flow = through(response.body, meter);
  const first: Uint8Array[] = [];
  try {
    while (!meter.begun) {
      const { value, done } = await flow.next();
      if (done) throw new AttemptFailed({ kind: 'server', message: 'The answer ended before it began.', status: 200 });
      first.push(value);
    }
    if (meter.failure !== undefined) throw new AttemptFailed(meter.failure);
  } catch (cause) {
    response.discard();
    throw cause;
  }
  return { kind: 'flow', contentType, flow: joined(first, flow), meter, until };
}

async function* through(body: AsyncIterable<Uint8Array>, meter: FlowMeter): AsyncGenerator<Uint8Array, void, void> {
  for await (const chunk of body) {
    meter.push(chunk);
    yield chunk;
  }
  meter.finish();
}

async function* joined(
  first: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array, void, void>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* first;
    yield* rest;
  } finally {
    // Returning early gives the connection back.
    await rest.return();
  }
}
