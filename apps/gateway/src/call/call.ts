import { toTollgateError } from '#libs/core';
import type { JsonObject } from '#libs/dialects';
import { authenticate } from './authenticate.js';
import type { CallDeps, Surface } from './call.types.js';
import { admitOrClamp } from './clamp.js';
import { deadlineFor } from './deadline.js';
import type { Exchange } from './exchange.js';
import { failOver } from './fail-over.js';
import { inspectInput } from './inspect-input.js';
import { lookUp } from './look-up.js';
import { parse, reread } from './parse.js';
import { CallRecord } from './record.js';
import { refuse } from './refuse.js';
import { relay } from './relay.js';
import { route } from './route.js';
import { settle } from './settle.js';
import { chatCopy } from './shadow/copies.js';
import { shadow } from './shadow/shadow.js';

/**
 * The life of one call. The order is policy: change it only with a decision record. Each step is the file of its name, takes
 * values and returns new ones; `record` only collects what we will answer for, refused or not.
 */
export async function call(surface: Surface, exchange: Exchange, deps: CallDeps): Promise<void> {
  const record = new CallRecord(surface, exchange, deps.clock);
  try {
    const principal = record.caller(await authenticate(exchange, deps));
    const parsed = record.asked(await parse(surface, exchange));
    const routed = record.routed(route(parsed, principal, record, deps));
    const readAgain = (body: JsonObject) => reread(body, surface, exchange);
    const inspected = record.inspected(await inspectInput(parsed, readAgain, principal, routed, exchange, deps));
    using cached = lookUp(inspected, principal, routed, exchange, record, deps); // in the same turn to Redis as the admission
    await using admitted = await admitOrClamp(inspected, readAgain, principal, routed, record, deps);
    const { reservation, parsed: asked } = admitted;
    using deadline = deadlineFor(routed, cached.exchange);
    const answer =
      (await cached.answer) ??
      (await failOver(asked, principal, routed, surface, cached.exchange, deadline, record, deps));
    const delivery = await relay(answer, asked, routed, surface, cached.exchange, cached.keep, record, deps);
    const cost = await settle(reservation, delivery, record, deps);
    delivery.conclude(cost);
    const copy = chatCopy(surface, inspected, principal, deps);
    shadow(surface, exchange, inspected, principal, routed, copy, record, deps);
  } catch (cause) {
    await refuse(surface, exchange, record, toTollgateError(cause), deps);
  }
}
