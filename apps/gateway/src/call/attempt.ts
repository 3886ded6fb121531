import {
  type ChatDialect,
  type ChatRequest,
  type ChatResponse,
  Fold,
  type JsonObject,
  type Reply,
  type WireEvent,
} from '#libs/dialects';
import type { ActiveCheck } from '#libs/guardrails';
import type { RouteTimeouts } from '#libs/routing';
import type { LiveModel } from '../live/live.js';
import type { Answer, StreamAnswer } from './answer.js';
import { AnswerEncoder, type ClientStream } from './answer-encoder.js';
import { AttemptFailed, failedBy } from './attempt-failed.js';
import type { CallDeps, Parsed, Surface } from './call.types.js';
import { encodeFor, type Outgoing } from './encode-for.js';
import { type Exchange, headerOf } from './exchange.js';
import { FirstTokenLimit } from './first-token-limit.js';
import { type EventParser, eventParserFor } from './framing.js';
import { OutputGuard } from './output-guard.js';
import { OutputTally } from './output-tally.js';
import type { CallRecord } from './record.js';
import { TextSoFar } from './resume/text-so-far.js';
import { send, type Unsent } from './send.js';
import { DialectTranslator, PassThroughTranslator, type StreamTranslator } from './stream-translator.js';
import type { Translated } from './translated.js';
import type { UpstreamResponse } from './upstream.js';

/** The largest whole answer taken from a provider. Streams are not limited: they are not kept. */
export const ANSWER_BYTES_MAX = 64 * 1024 * 1024;
const ERROR_BYTES_MAX = 64 * 1024;
/** Headers of a client that change what the provider does and are meant for it. */
const PASSED_ON = ['anthropic-beta', 'openai-beta', 'traceparent'];

export interface AttemptOptions {
  /** What ends the attempt, and who wants to know that it has gone out. */
  readonly signal: AbortSignal;
  readonly onSent: () => void;
  readonly timeouts: Required<RouteTimeouts>;
  /** Output checks that bind the call. */
  readonly checks: readonly ActiveCheck[] | null;
  /** Whether the answer will be cached: then its text must be read, even where bytes would do. */
  readonly keep: boolean;
  /** Whether its stream may be resumed by another model when it breaks: then, too, its text must be read. */
  readonly resumable: boolean;
}

/**
 * One try against one model. Resolves when the answer is certain: it is whole, or its first content has arrived. Everything
 * else is an AttemptFailed with its class.
 */
export async function attempt(
  live: LiveModel,
  parsed: Parsed,
  surface: Surface,
  exchange: Exchange,
  record: CallRecord,
  options: AttemptOptions,
  deps: CallDeps,
): Promise<Answer> {
  const { checks, keep, resumable, timeouts, signal, onSent } = options;
  const { stream } = parsed.request;
  const outgoing = encodeFor(live, parsed, checks !== null || (keep && stream) || resumable);
  if (stream) {
    const translatorOf: TranslatorOf = (tally) =>
      translatorFor(outgoing, { parsed, surface, record, options }, tally, deps);
    return openStream(live, outgoing, parsed.request, translatorOf, exchange, options, deps);
  }
  try {
    const response = await send(live, unsentOf(outgoing, exchange), { ...timeouts, signal, onSent }, deps);
    if (response.status < 200 || response.status > 299) throw await refusedBy(response, outgoing, deps);
    return whole(await response.text(ANSWER_BYTES_MAX), live, outgoing);
  } catch (cause) {
    throw failedBy(cause);
  }
}

/** Makes the translator of one upstream stream. */
type TranslatorOf = (tally: OutputTally) => StreamTranslator;

/** One try to open a stream; resolves with its first content. Else throws AttemptFailed. `asked` is what `outgoing` says. */
export async function openStream(
  live: LiveModel,
  outgoing: Outgoing,
  asked: ChatRequest,
  translatorOf: TranslatorOf,
  exchange: Exchange,
  { signal, onSent, timeouts }: Pick<AttemptOptions, 'signal' | 'onSent' | 'timeouts'>,
  deps: CallDeps,
): Promise<StreamAnswer> {
  using limit = new FirstTokenLimit(signal, timeouts.firstTokenMs);
  try {
    const response = await send(
      live,
      unsentOf(outgoing, exchange),
      { ...timeouts, signal: limit.signal, onSent },
      deps,
    );
    if (response.status < 200 || response.status > 299) throw await refusedBy(response, outgoing, deps);
    const parser = eventParserFor(response.headers['content-type']);
    if (!parser) throw notAStream(response);
    const tally = new OutputTally(outgoing.dialect);
    const dropped = outgoing.encoded?.dropped ?? [];
    const begun = await untilContent(response, parser, translatorOf(tally));
    return { kind: 'stream', from: 'upstream', model: live, asked, tally, dropped, until: signal, ...begun };
  } catch (cause) {
    throw limit.expired ? FIRST_TOKEN_LATE : failedBy(cause);
  }
}

const unsentOf = ({ url, body }: Outgoing, exchange: Exchange): Unsent => ({ url, body, headers: passedOn(exchange) });

/** The client's headers that go on to the provider. */
export function passedOn(exchange: Exchange): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = headerOf(exchange, name);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

/** The failure that an answer without success tells of, in its dialect's words. */
export async function refusedBy(
  response: UpstreamResponse,
  { dialect }: { readonly dialect: Pick<ChatDialect, 'decodeError'> },
  deps: CallDeps,
): Promise<AttemptFailed> {
  const body = await response.text(ERROR_BYTES_MAX).catch(() => '');
  return new AttemptFailed(
    dialect.decodeError({ status: response.status, headers: response.headers, body, nowMs: deps.clock.now() }),
  );
}

function whole(text: string, live: LiveModel, { dialect, passThrough, encoded }: Outgoing): Answer {
  const body = parseAnswer(text);
  // Bytes that go through untouched are still read as their dialect, so that garbage is a failed attempt and not an answer.
  const response: ChatResponse = dialect.decodeResponse(
    body,
    encoded?.outputTool === undefined ? {} : { outputTool: encoded.outputTool },
  );
  return {
    kind: 'whole',
    from: 'upstream',
    model: live,
    verbatim: passThrough ? text : null,
    response,
    usage: response.usage,
    dropped: encoded?.dropped ?? [],
  };
}

/** Throws AttemptFailed when the text is no JSON object. */
export function parseAnswer(text: string): JsonObject {
  try {
    const body: unknown = JSON.parse(text);
    if (body !== null && typeof body === 'object' && !Array.isArray(body)) return body as JsonObject;
  } catch {
    // Told below, in one place.
  }
  throw new AttemptFailed({ kind: 'server', message: 'The answer is not a JSON object.', status: 200 });
}

function notAStream(response: UpstreamResponse): AttemptFailed {
  response.discard();
  return new AttemptFailed({
    kind: 'server',
    message: 'A stream was asked for and something else came.',
    status: response.status,
  });
}

export const FIRST_TOKEN_LATE = new AttemptFailed({
  kind: 'timeout',
  message: 'The first token did not come in time.',
  status: null,
});

interface Reading {
  readonly parsed: Parsed;
  readonly surface: Surface;
  readonly record: CallRecord;
  readonly options: Pick<AttemptOptions, 'checks' | 'keep' | 'resumable'>;
}

async function untilContent(
  response: UpstreamResponse,
  parser: EventParser,
  translator: StreamTranslator,
): Promise<Pick<StreamAnswer, 'translator' | 'first' | 'rest'>> {
  const rest = translate(response.body, parser, translator);
  const first: Translated[] = [];
  try {
    for (;;) {
      const { value, done } = await rest.next();
      if (done && translator.complete) break;
      if (done) throw new AttemptFailed({ kind: 'server', message: 'The stream ended before it began.', status: 200 });
      if (value.error) throw new AttemptFailed(value.error);
      first.push(value);
      if (value.content || translator.complete) break;
    }
  } catch (cause) {
    response.discard();
    throw failedBy(cause);
  }
  return { translator, first, rest };
}

function translatorFor(
  { dialect, passThrough, encoded }: Outgoing,
  { parsed, surface, record, options: { checks, keep, resumable } }: Reading,
  tally: OutputTally,
  deps: CallDeps,
): StreamTranslator {
  if (passThrough) return new PassThroughTranslator(passThrough.meter, tally);
  const client: ClientStream = {
    guard: checks && new OutputGuard(checks, (findings) => record.findings.push(...findings), parsed.placeholders),
    encoder: surface.dialect.encoder(replyTo(parsed, record, deps)),
    fold: keep ? new Fold() : null,
    soFar: resumable ? new TextSoFar() : null,
  };
  const context = encoded?.outputTool === undefined ? {} : { outputTool: encoded.outputTool };
  return new DialectTranslator(dialect.decoder(context), new AnswerEncoder(client, tally));
}

/** What an encoder of answers shows of the call. */
export function replyTo(parsed: Parsed, record: CallRecord, deps: CallDeps): Reply {
  return {
    callId: record.callId,
    createdSec: Math.floor(deps.clock.now() / 1000),
    model: parsed.request.model,
    request: parsed.request,
  };
}

const BLANK_LINE = Buffer.from('\n\n');

/** An event that the upstream left without its blank line: what Tollgate adds behind it must not run into it. */
const closed = (event: WireEvent): WireEvent => ({ ...event, raw: Buffer.concat([event.raw, BLANK_LINE]) });

/** Upstream bytes → events → what the client gets. Ends with the upstream, after whatever closing it still brings about. */
async function* translate(
  body: AsyncIterable<Uint8Array>,
  parser: EventParser,
  translator: StreamTranslator,
): AsyncGenerator<Translated, void, void> {
  const each = function* (events: readonly WireEvent[]): Generator<Translated> {
    for (const event of events) {
      const translated = translator.push(event);
      if (translated.out.length > 0 || translated.content || translated.error) yield translated;
    }
  };
  for await (const chunk of body) {
    yield* each(parser.push(chunk));
    if (translator.ended) return;
  }
  yield* each(parser.flush().map(closed));
  if (!translator.ended) yield translator.finish();
}
