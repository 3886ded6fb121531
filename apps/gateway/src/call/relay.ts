import { type NanoUsd, NO_TOKENS, type TokenCounts, TollgateError } from '#libs/core';
import { eventsOf } from '#libs/dialects';
import { type Answer, type StreamAnswer, type WholeAnswer } from './answer.js';
import { answerHeaders, costComment, costHeader } from './answer-headers.js';
import { replyTo } from './attempt.js';
import { failedBy } from './attempt-failed.js';
import type { CallDeps, Parsed, Routed, Surface } from './call.types.js';
import type { Exchange } from './exchange.js';
import { keep } from './look-up.js';
import { guardWhole, outputChecks } from './output-guard.js';
import { OutputTally } from './output-tally.js';
import type { CallRecord } from './record.js';
import { sizeOf } from './size.js';

/** An answer that is with the client but for its last piece, which waits until the call is settled. */
export interface Delivery {
  /** Status for the record: 200, 499 when the client left, that of the error when the provider broke off. */
  readonly status: number;
  readonly error: TollgateError | null;
  readonly tokens: TokenCounts;
  readonly estimated: boolean;
  /** Writes the rest. The client never sees a complete answer that is not in the ledger. */
  conclude(cost: NanoUsd): void;
}

/** Hands the answer to the client, through the output guardrails, and meters it as it passes. */
export async function relay(
  answer: Answer,
  parsed: Parsed,
  routed: Routed,
  surface: Surface,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Promise<Delivery> {
  return answer.kind === 'whole'
    ? relayWhole(answer, parsed, routed, surface, exchange, record, deps)
    : relayStream(answer, parsed, routed, surface, exchange, record, deps);
}

async function relayWhole(
  answer: WholeAnswer,
  parsed: Parsed,
  routed: Routed,
  surface: Surface,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Promise<Delivery> {
  const principal = record.principal as NonNullable<typeof record.principal>;
  const checks = outputChecks(principal, routed);
  const response =
    checks === null
      ? answer.response
      : guardWhole(answer.response, checks, (findings) => record.findings.push(...findings));
  record.answeredModel = answer.response.model;
  if (answer.from === 'upstream') keep(response, parsed, principal, routed, record, deps);
  const { tokens, estimated } = await tokensOf(answer, parsed, surface);
  const headers = answerHeaders(record, answer.dropped);
  return {
    status: 200,
    error: null,
    tokens,
    estimated,
    conclude: (cost) => {
      const reply = replyTo(parsed, record, deps);
      if (parsed.request.stream) {
        const encoder = surface.dialect.encoder(reply);
        exchange.begin(200, {
          ...headers,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-cache',
        });
        exchange.end(
          eventsOf(response)
            .map((event) => encoder.push(event))
            .join('') + costComment(cost),
        );
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
  if (answer.usage) return { tokens: answer.usage.tokens, estimated: false };
  const tally = new OutputTally(surface.dialect);
  for (const event of eventsOf(answer.response)) if (event.type === 'part-delta') tally.addDelta(event.delta);
  return {
    tokens: { ...NO_TOKENS, input: sizeOf(parsed.request).tokens, output: await tally.count() },
    estimated: true,
  };
}

async function relayStream(
  answer: StreamAnswer,
  parsed: Parsed,
  routed: Routed,
  surface: Surface,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Promise<Delivery> {
  const { translator, tally } = answer;
  exchange.begin(200, {
    ...answerHeaders(record, answer.dropped),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  const { withheld, error } = await pour(answer, exchange);

  record.answeredModel = translator.answeredModel ?? null;
  const { usage } = translator;
  const tokens = usage?.tokens ?? { ...NO_TOKENS, input: sizeOf(parsed.request).tokens, output: await tally.count() };
  const principal = record.principal as NonNullable<typeof record.principal>;
  if (error === null && translator.response) keep(translator.response, parsed, principal, routed, record, deps);
  return {
    status: error?.status ?? 200,
    error,
    tokens,
    estimated: usage === undefined,
    conclude: (cost) => {
      if (exchange.signal.aborted) return;
      for (const piece of withheld) void exchange.write(piece);
      exchange.end((error === null ? '' : surface.dialect.renderStreamError(error)) + costComment(cost));
    },
  };
}

interface Poured {
  /** What completes the answer: written only when the call is settled. */
  readonly withheld: readonly (string | Uint8Array)[];
  readonly error: TollgateError | null;
}

/** Writes the stream as fast as the client reads, up to the piece that would complete it. */
async function pour({ translator, first, rest }: StreamAnswer, exchange: Exchange): Promise<Poured> {
  const withheld: (string | Uint8Array)[] = [];
  try {
    const write = async (out: string | Uint8Array): Promise<void> => {
      if (out.length === 0) return;
      if (translator.ended) withheld.push(out);
      else await exchange.write(out);
    };
    for (const { out } of first) await write(out);
    for await (const { out, error } of rest) {
      if (error) return { withheld, error: brokenOff(`${error.kind}: ${error.message}`) };
      await write(out);
      if (exchange.signal.aborted) break;
    }
  } catch (cause) {
    if (!exchange.signal.aborted) return { withheld, error: brokenOff(failedBy(cause).message) };
  } finally {
    await rest.return();
  }
  if (exchange.signal.aborted)
    return { withheld: [], error: new TollgateError('client_closed_request', 'The client closed the connection.') };
  return translator.ended
    ? { withheld, error: null }
    : { withheld, error: brokenOff('the stream ended without its last event') };
}

const brokenOff = (detail: string): TollgateError =>
  new TollgateError('upstream_error', 'The provider broke off its answer; what came so far is incomplete.', { detail });
