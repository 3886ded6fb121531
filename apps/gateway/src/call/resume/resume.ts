import { NO_TOKENS, type TokenCounts } from '#libs/core';
import { type ChatRequest, prefillOf } from '#libs/dialects';
import { sizeOf } from '#libs/routing';
import type { LiveModel } from '../../live/live.js';
import type { StreamAnswer } from '../answer.js';
import { AnswerEncoder, type ClientStream } from '../answer-encoder.js';
import { type AttemptOptions, openStream } from '../attempt.js';
import { AttemptFailed } from '../attempt-failed.js';
import type { CallDeps, Parsed, Routed } from '../call.types.js';
import type { Deadline } from '../deadline.js';
import { encodeContinuation } from '../encode-for.js';
import type { Exchange } from '../exchange.js';
import { firstAnswer } from '../first-answer.js';
import type { CallRecord } from '../record.js';
import { DialectTranslator } from '../stream-translator.js';
import type { AttemptAt } from '../tracked-attempt.js';
import { RESUMES_MAX } from '../worst-case.js';
import { Continuation } from './continuation.js';
import { Joint } from './joint.js';
import type { TextSoFar } from './text-so-far.js';

/**
 * Whether a stream of this call is watched so that it can be resumed: the route says so, and what is asked for is one text.
 * Such a stream is translated even where both sides speak the same dialect: only who knows the text can go on with it.
 */
export function mayResume({ request }: Parsed, { choice }: Routed): boolean {
  const { stream, n = 1, output, audio, logprobs } = request;
  const plain = n === 1 && (output === undefined || output.kind === 'text') && !audio && !logprobs;
  return stream && choice.route?.midStream === 'resume' && plain;
}

/** Goes on with a broken answer by another model. Null when nobody can: then the client must be told. */
export type Resume = (broken: StreamAnswer) => Promise<StreamAnswer | null>;

/**
 * How broken streams of one call are resumed, at most RESUMES_MAX times: the next candidate that takes the beginning of an
 * answer is given the text so far, and the client's stream goes on with what it adds. What the broken attempt used is booked
 * at its own model's prices.
 */
export function resumeBy(
  parsed: Parsed,
  routed: Routed,
  exchange: Exchange,
  deadline: Deadline,
  options: Omit<AttemptOptions, 'signal' | 'onSent'>,
  record: CallRecord,
  deps: CallDeps,
): Resume {
  let left = RESUMES_MAX;
  return async (broken) => {
    const client = broken.translator instanceof DialectTranslator ? broken.translator.client : null;
    const soFar = client?.soFar;
    const models = successorsOf(broken, routed);
    if (!client || !soFar?.resumable || models.length === 0 || left === 0 || deadline.signal.aborted) return null;
    left -= 1;
    const used = await usedBy(broken);
    const continueAt: AttemptAt<StreamAnswer> = (live, hold) =>
      continueWith(live, parsed.request, client, soFar, used, exchange, { ...options, ...hold }, deps);
    try {
      const answer = await firstAnswer(continueAt, { ...routed, models }, exchange, deadline, record, deps);
      record.alsoUsed.push({ live: broken.model, tokens: used });
      return answer;
    } catch (error) {
      deps.log.warn({ callId: record.callId, error: String(error) }, 'a broken stream could not be resumed');
      return null;
    }
  };
}

/** What an attempt used whose stream has broken: what its provider has said, and at least the answer that came. */
export async function usedBy({ translator, tally, asked }: StreamAnswer): Promise<TokenCounts> {
  const said = translator.usage?.tokens ?? { ...NO_TOKENS, input: sizeOf(asked).tokens };
  return { ...said, output: Math.max(said.output, await tally.count()) };
}

/** Those that can be given the beginning of an answer: the candidates behind the broken one first, that one itself last. */
function successorsOf({ model: broken }: StreamAnswer, { models }: Routed): readonly LiveModel[] {
  const at = models.indexOf(broken);
  return [...models.slice(at + 1), ...models.slice(0, at + 1)].filter((live) => prefillFor(live) !== null);
}

const prefillFor = ({ model, provider, dialect }: LiveModel) =>
  provider.paths.chat === undefined
    ? null
    : prefillOf({ dialect: dialect.id, provider: provider.id, upstreamModel: model.upstreamModel });

async function continueWith(
  live: LiveModel,
  request: ChatRequest,
  client: ClientStream,
  soFar: TextSoFar,
  used: TokenCounts,
  exchange: Exchange,
  options: AttemptOptions,
  deps: CallDeps,
): Promise<StreamAnswer> {
  const joint = new Joint(soFar.text, prefillFor(live) ?? 'continues');
  const asked = begun(request, joint.prefill, used.output);
  const outgoing = encodeContinuation(live, asked);
  const continuation = new Continuation(soFar, joint, used);
  try {
    return await openStream(
      live,
      outgoing,
      asked,
      (tally) => new DialectTranslator(outgoing.dialect.decoder({}), new AnswerEncoder(client, tally, continuation)),
      exchange,
      options,
      deps,
    );
  } catch (cause) {
    // What this model has against the request is against our way of going on; another one may not mind.
    throw cause instanceof AttemptFailed ? new AttemptFailed(cause.upstream, 'next') : cause;
  }
}

/**
 * The request with the beginning of its answer, and so much less to say. Without thinking: no vendor thinks in the middle of an
 * answer, and some refuse it.
 */
function begun({ reasoning, ...request }: ChatRequest, text: string, tokensSaid: number): ChatRequest {
  const { messages, maxOutputTokens } = request;
  return {
    ...request,
    messages: [...messages, { role: 'assistant', parts: [{ type: 'text', text }] }],
    ...(maxOutputTokens !== undefined && { maxOutputTokens: Math.max(1, maxOutputTokens - tokensSaid) }),
  };
}
