import { NO_TOKENS, TollgateError } from '#libs/core';
import type { OperationUsage } from '#libs/dialects';
import { type ActiveCheck, inspectJson } from '#libs/guardrails';
import { answerHeaders, costComment, costHeader } from '../answer-headers.js';
import { failedBy } from '../attempt-failed.js';
import type { Inquiry } from '../cache/inquiry.js';
import type { CallDeps } from '../call.types.js';
import type { Delivery } from '../delivery.js';
import type { Exchange } from '../exchange.js';
import { GuardrailBlocked } from '../inspect-input.js';
import type { CallRecord } from '../record.js';
import { tell } from '../refuse.js';
import { type Billing, priceOf } from '../settle.js';
import { deliverNothing, type Unanswered } from '../unanswered.js';
import { estimateOf } from './estimate.js';
import type {
  AnswerToOperation,
  FlowingAnswer,
  KeptAnswer,
  KeptBody,
  OperationSurface,
  ParsedOperation,
  WholeAnswer,
} from './operation.types.js';

type OperationDelivery = Delivery & { readonly billing?: Billing };
type Keep = Inquiry<KeptBody>['keep'];

/** Hands the answer of an operation to the client, and meters it as it passes. */
export async function deliver(
  answer: AnswerToOperation | Unanswered,
  parsed: ParsedOperation,
  checks: readonly ActiveCheck[] | null,
  surface: OperationSurface,
  exchange: Exchange,
  keep: Keep,
  record: CallRecord,
  deps: CallDeps,
): Promise<OperationDelivery> {
  switch (answer.kind) {
    case 'whole':
      return deliverWhole(answer, parsed, checks, surface, exchange, keep, record);
    case 'flow':
      return deliverFlow(answer, parsed, surface, exchange, record);
    case 'kept':
      return deliverKept(answer, exchange, record);
    case 'none': {
      // Nearly all of such a call is what it brings: the provider is taken to have worked on all of it.
      const usage = await estimated(parsed, undefined);
      const used = { ...answer, tokens: usage.tokens };
      return { ...deliverNothing(used, surface, exchange, record, deps), billing: usage };
    }
  }
}

function deliverKept({ body, used }: KeptAnswer, exchange: Exchange, record: CallRecord): OperationDelivery {
  const { text, contentType, answeredModel } = body;
  record.answeredModel = answeredModel;
  return {
    status: 200,
    error: null,
    tokens: NO_TOKENS,
    estimated: false,
    saved: used,
    conclude: (cost) =>
      exchange.respond(200, { ...answerHeaders(record, []), ...costHeader(cost), 'content-type': contentType }, text),
  };
}

async function deliverWhole(
  whole: WholeAnswer,
  parsed: ParsedOperation,
  checks: readonly ActiveCheck[] | null,
  surface: OperationSurface,
  exchange: Exchange,
  keep: Keep,
  record: CallRecord,
): Promise<OperationDelivery> {
  const { answer, contentType, verbatim, dropped } = whole;
  record.answeredModel = answer.model ?? null;
  const usage = answer.usage ?? (await estimated(parsed, saidIn(whole)));
  const body = verbatim ?? JSON.stringify(surface.dialect.encodeResponse?.({ ...answer, usage }, parsed.request));
  const { text, blocked } = guarded(body, whole, checks, record);
  const { tokens, units } = usage;
  keep(blocked ? null : { text, contentType, answeredModel: record.answeredModel }, { tokens, units });
  return {
    status: blocked?.status ?? 200,
    error: blocked,
    tokens: usage.tokens,
    estimated: answer.usage === undefined,
    billing: usage,
    conclude: (cost) => {
      if (blocked) return tell(surface, exchange, record, blocked);
      exchange.respond(
        200,
        { ...answerHeaders(record, dropped), ...costHeader(cost), 'content-type': contentType },
        text,
      );
    },
  };
}

/** What a transcript says, if the answer is one. */
function saidIn({ answer, verbatim, contentType }: WholeAnswer): string | undefined {
  if ('text' in answer && typeof answer.text === 'string') return answer.text;
  return contentType.startsWith('text/') ? (verbatim ?? undefined) : undefined;
}

async function estimated({ request }: ParsedOperation, said: string | undefined): Promise<OperationUsage> {
  const { units, inTokens } = request.load;
  return { tokens: await estimateOf(request, said), units, inTokens };
}

/** Output guardrails on a transcript, the only answer here that is in words. */
function guarded(
  body: string,
  whole: WholeAnswer,
  checks: readonly ActiveCheck[] | null,
  record: CallRecord,
): { readonly text: string; readonly blocked: TollgateError | null } {
  if (checks === null || saidIn(whole) === undefined) return { text: body, blocked: null };
  const isText = whole.contentType.startsWith('text/');
  const { action, findings, value } = inspectJson<unknown>(isText ? body : JSON.parse(body), checks, 'output');
  record.findings.push(...findings);
  if (action === 'block') return { text: '', blocked: new GuardrailBlocked(findings) };
  return { text: isText ? String(value) : JSON.stringify(value), blocked: null };
}

async function deliverFlow(
  { contentType, flow, meter, until }: FlowingAnswer,
  parsed: ParsedOperation,
  surface: OperationSurface,
  exchange: Exchange,
  record: CallRecord,
): Promise<OperationDelivery> {
  const events = contentType.includes('text/event-stream');
  const guess = await estimated(parsed, undefined);
  exchange.begin(200, {
    ...answerHeaders(record, []),
    // Sound does not tell its usage: the estimate that will be booked is known now.
    ...(events ? { 'cache-control': 'no-cache' } : costHeader(priceOf(guess.tokens, guess, record))),
    'content-type': contentType,
  });
  const { last, error: broken } = await pour(flow, exchange, until);
  const error =
    broken ??
    (meter.failure ? brokenOff(meter.failure.message) : null) ??
    (meter.complete ? null : brokenOff('no last event'));
  const usage = meter.usage ?? guess;
  return {
    status: error?.status ?? 200,
    error,
    tokens: usage.tokens,
    estimated: meter.usage === undefined,
    billing: usage,
    conclude: (cost) => {
      if (exchange.signal.aborted) return;
      if (error && !events) return exchange.cut();
      if (last) void exchange.write(last);
      if (!events) return exchange.end();
      // The last event may lack its blank line: what follows must not run into it.
      exchange.end(`\n\n${error ? surface.dialect.renderStreamError(error) : ''}${costComment(cost)}`);
    },
  };
}

/** Writes the flow as fast as the client reads, but for its last piece: that goes when the call is settled. */
async function pour(
  flow: AsyncGenerator<Uint8Array, void, void>,
  exchange: Exchange,
  until: AbortSignal,
): Promise<{ readonly last: Uint8Array | undefined; readonly error: TollgateError | null }> {
  let last: Uint8Array | undefined;
  try {
    for await (const chunk of flow) {
      if (last) await exchange.write(last, until);
      last = chunk;
      if (exchange.signal.aborted) break;
    }
  } catch (cause) {
    if (!exchange.signal.aborted) return { last, error: brokenOff(failedBy(cause).message) };
  }
  if (exchange.signal.aborted) {
    const error = new TollgateError('client_closed_request', 'The client closed the connection.');
    return { last: undefined, error };
  }
  return { last, error: null };
}

const brokenOff = (detail: string): TollgateError =>
  new TollgateError('upstream_error', 'The provider broke off its answer; what came so far is incomplete.', { detail });
