import { NO_TOKENS, type TokenCounts } from '#libs/core';
import { eventsOf } from '#libs/dialects';
import { sizeOf } from '#libs/routing';
import type { WholeAnswer } from './answer.js';
import { answerHeaders, costComment, costHeader } from './answer-headers.js';
import { replyTo } from './attempt.js';
import type { CallDeps, Parsed, Routed, Surface } from './call.types.js';
import { chargesOf } from './charges.js';
import type { Delivery } from './delivery.js';
import type { Exchange } from './exchange.js';
import type { Answered } from './fail-over.js';
import { guardWhole, restored } from './guard-whole.js';
import type { Keep } from './look-up.js';
import { OutputTally } from './output-tally.js';
import type { CallRecord } from './record.js';
import { relayStream } from './relay-stream.js';
import { streamOf } from './stream-of.js';
import { toldUsage } from './told-usage.js';
import { deliverNothing, type Unanswered } from './unanswered.js';

/** Hands the answer to the client, through the output guardrails, and meters it as it passes. */
export async function relay(
  answer: Answered | Unanswered,
  parsed: Parsed,
  routed: Routed,
  surface: Surface,
  exchange: Exchange,
  keep: Keep,
  record: CallRecord,
  deps: CallDeps,
): Promise<Delivery> {
  if (answer.kind === 'none') return deliverNothing(answer, surface, exchange, record, deps);
  return answer.kind === 'whole'
    ? relayWhole(answer, parsed, routed, surface, exchange, keep, record, deps)
    : relayStream(answer, parsed, routed, surface, exchange, keep, record, deps);
}

async function relayWhole(
  answer: WholeAnswer,
  parsed: Parsed,
  routed: Routed,
  surface: Surface,
  exchange: Exchange,
  keep: Keep,
  record: CallRecord,
  deps: CallDeps,
): Promise<Delivery> {
  const principal = record.principal as NonNullable<typeof record.principal>;
  const fresh = answer.from === 'upstream';
  // What was kept has passed the same checks: they are a part of its key.
  const inspected = fresh
    ? await guardWhole(answer.response, parsed, principal, routed, exchange, record, deps)
    : answer.response;
  const response = restored(inspected, parsed.placeholders);
  record.answeredModel = answer.response.model;
  const { tokens, estimated } = await tokensOf(answer, parsed, surface);
  const charges = fresh ? chargesOf(answer.usage, answer.response.serviceTier) : undefined;
  if (fresh) keep(inspected, { ...charges, tokens, units: 1 });
  const headers = answerHeaders(record, answer.dropped);
  return {
    status: 200,
    error: null,
    tokens,
    estimated,
    charges,
    saved: answer.saved,
    conclude: (cost) => {
      const reply = replyTo(parsed, record, deps);
      if (parsed.request.stream) {
        exchange.begin(200, {
          ...headers,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache',
        });
        exchange.end(streamOf(response, surface, reply) + costComment(cost));
        return;
      }
      const body =
        answer.verbatim !== null && response === answer.response
          ? answer.verbatim
          : JSON.stringify(surface.dialect.encodeResponse(response, reply));
      exchange.respond(200, { ...headers, ...costHeader(cost), 'content-type': 'application/json' }, body);
    },
  };
}

async function tokensOf(
  answer: WholeAnswer,
  parsed: Parsed,
  surface: Surface,
): Promise<{ tokens: TokenCounts; estimated: boolean }> {
  if (answer.from === 'cache') return { tokens: NO_TOKENS, estimated: false };
  const told = toldUsage(answer.usage);
  if (told) return { tokens: told.tokens, estimated: false };
  const tally = new OutputTally(surface.dialect);
  for (const event of eventsOf(answer.response)) if (event.type === 'part-delta') tally.addDelta(event.delta);
  return {
    tokens: { ...NO_TOKENS, input: sizeOf(parsed.request).tokens, output: await tally.count() },
    estimated: true,
  };
}
