import { TollgateError } from '#libs/core';
import type { StreamAnswer } from './answer.js';
import { answerHeaders, costComment } from './answer-headers.js';
import { replyTo } from './attempt.js';
import type { AttemptFailed } from './attempt-failed.js';
import type { CallDeps, Parsed, Routed, Surface } from './call.types.js';
import { chargesOf } from './charges.js';
import type { Delivery } from './delivery.js';
import type { Exchange } from './exchange.js';
import type { Answered } from './fail-over.js';
import { guardWhole, restored } from './guard-whole.js';
import type { Keep } from './look-up.js';
import { noteFailure } from './model-outcome.js';
import { type Poured, pour } from './pour.js';
import type { CallRecord } from './record.js';
import { type Resume, usedBy } from './resume/resume.js';
import { streamOf } from './stream-of.js';
import { toldUsage } from './told-usage.js';

/**
 * Hands a stream to the client, and when it breaks, what another model adds to it where the route allows that. Else the client
 * is told: never does a stream that broke look complete.
 */
export async function relayStream(
  answer: StreamAnswer & Pick<Answered, 'resume'>,
  parsed: Parsed,
  routed: Routed,
  surface: Surface,
  exchange: Exchange,
  keep: Keep,
  record: CallRecord,
  deps: CallDeps,
): Promise<Delivery> {
  exchange.begin(200, {
    ...answerHeaders(record, answer.dropped),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  const { last, withheld, broken } = await pourAll(answer, answer.resume, exchange, record, deps);

  const { translator } = last;
  const error = exchange.signal.aborted ? CLIENT_CLOSED() : broken && brokenOff(broken);
  record.answeredModel = translator.answeredModel ?? null;
  const usage = toldUsage(translator.usage);
  const tokens = usage && error === null ? usage.tokens : await usedBy(last);
  const principal = record.principal as NonNullable<typeof record.principal>;
  const late =
    error === null && translator.withheld
      ? streamOf(
          restored(
            await guardWhole(translator.withheld, parsed, principal, routed, exchange, record, deps),
            parsed.placeholders,
          ),
          surface,
          replyTo(parsed, record, deps),
        )
      : '';
  const charges = chargesOf(usage, translator.response?.serviceTier);
  if (error === null && translator.response) keep(translator.response, { ...charges, tokens, units: 1 });
  return {
    status: error?.status ?? 200,
    error,
    tokens,
    estimated: usage === undefined || error !== null,
    charges,
    conclude: (cost) => {
      if (exchange.signal.aborted) return;
      for (const piece of withheld) void exchange.write(piece);
      exchange.end(late + (error === null ? '' : surface.dialect.renderStreamError(error)) + costComment(cost));
    },
  };
}

/** One stream after the other, until one is complete or nobody can go on. */
async function pourAll(
  answer: StreamAnswer,
  resume: Resume | undefined,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Promise<Poured & { readonly last: StreamAnswer }> {
  const poured = await pour(answer, exchange);
  if (poured.broken === null) return { ...poured, last: answer };
  noteBreak(answer, poured.broken, record, deps);
  const next = (await resume?.(answer)) ?? null;
  return next ? pourAll(next, resume, exchange, record, deps) : { ...poured, last: answer };
}

function noteBreak(
  { model: { model } }: StreamAnswer,
  broken: AttemptFailed,
  record: CallRecord,
  deps: CallDeps,
): void {
  const { kind, message, status, code } = broken.upstream;
  record.brokeOff(kind);
  // The call's own time was up: that says nothing about the model.
  if (code !== 'ABORT_ERR') noteFailure(model.id, broken, deps);
  deps.log.info(
    { callId: record.callId, model: model.slug, kind, status, detail: message.slice(0, 200) },
    'a stream broke off',
  );
}

const CLIENT_CLOSED = (): TollgateError =>
  new TollgateError('client_closed_request', 'The client closed the connection.');

const brokenOff = ({ message }: AttemptFailed): TollgateError =>
  new TollgateError('upstream_error', 'The provider broke off its answer; what came so far is incomplete.', {
    detail: message,
  });
