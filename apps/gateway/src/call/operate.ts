import { toTollgateError } from '#libs/core';
import type { Principal } from '#libs/identity';
import { admit } from './admit.js';
import { authenticate } from './authenticate.js';
import type { CallDeps } from './call.types.js';
import { deadlineFor } from './deadline.js';
import type { Exchange } from './exchange.js';
import { inspectInput } from './inspect-input.js';
import { deliver } from './operation/deliver.js';
import { failOverOperation } from './operation/fail-over.js';
import { keptAnswer, lookUpOperation } from './operation/look-up.js';
import type { OperationSurface } from './operation/operation.types.js';
import { outputChecksOf } from './operation/output-checks.js';
import { parseOperation, rereadOperation } from './operation/parse.js';
import { CallRecord } from './record.js';
import { refuse } from './refuse.js';
import { route } from './route.js';
import { settle } from './settle.js';
import { operationCopy } from './shadow/copies.js';
import { shadow } from './shadow/shadow.js';

/**
 * The life of a call for something other than chat: embeddings, images, speech, … It is the life of call.ts, step by step; what
 * differs is how a body is read, said to a provider, and handed on. `caller`: of a call that the gateway makes itself.
 */
export async function operate(
  surface: OperationSurface,
  exchange: Exchange,
  deps: CallDeps,
  caller?: Principal,
): Promise<void> {
  const record = new CallRecord(surface, exchange, deps.clock);
  try {
    const principal = record.caller(caller ?? (await authenticate(exchange, deps)));
    const parsed = record.asked(await parseOperation(surface, exchange));
    const routed = record.routed(route(parsed, principal, record, deps));
    const inspected = record.inspected(
      await inspectInput(
        parsed,
        (body) => rereadOperation(body, parsed, surface, exchange),
        principal,
        routed,
        exchange,
        deps,
      ),
    );
    const checks = outputChecksOf(inspected, principal, routed);
    using cached = lookUpOperation(inspected, surface, principal, routed, exchange, record, deps);
    await using reservation = await admit(inspected, principal, routed, record, deps);
    using deadline = deadlineFor(routed, cached.exchange);
    const answer =
      keptAnswer(await cached.answer) ??
      (await failOverOperation(inspected, routed, surface, cached.exchange, deadline, record, deps));
    const delivery = await deliver(answer, inspected, checks, surface, cached.exchange, cached.keep, record, deps);
    const cost = await settle(reservation, delivery, record, deps);
    delivery.conclude(cost);
    const copy = operationCopy(surface, inspected, checks, deps);
    shadow(surface, exchange, inspected, principal, routed, copy, record, deps);
  } catch (cause) {
    await refuse(surface, exchange, record, toTollgateError(cause), deps);
  }
}
