import type { UsageEvent } from '#libs/messages';
import { keys, type ScriptHost } from '#libs/redis';
import { redisClock, type ServerClock } from './server-clock.js';
import { settleScript } from './settlement.js';
import type { Ticket } from './ticket.js';

/**
 * Books at most `limit` reservations that outlived their hold, because their gateway died, at their estimate and marks
 * them as orphaned. Returns how many it booked. Any number of sweepers may run at once: each reservation is booked by one,
 * and a settlement that comes later finds it settled.
 */
export async function sweep(
  redis: ScriptHost,
  organizationId: string,
  limit: number,
  clock: ServerClock = redisClock,
): Promise<number> {
  const nowMs = clock() || (await serverTimeMs(redis));
  const due = await redis.zrangebyscore(keys.reservations(organizationId), '-inf', nowMs, 'LIMIT', 0, limit);
  const outcomes = await Promise.all(due.map((callId) => sweepOne(redis, organizationId, callId, nowMs)));
  return outcomes.filter((booked) => booked).length;
}

async function sweepOne(redis: ScriptHost, organizationId: string, callId: string, nowMs: number): Promise<boolean> {
  const [ticketJson, estimateJson] = await redis.hmget(keys.reservation(organizationId, callId), 'ticket', 'estimate');
  if (!ticketJson || !estimateJson) return false;
  const ticket = JSON.parse(ticketJson) as Ticket;
  const event = { ...(JSON.parse(estimateJson) as UsageEvent), orphaned: true, estimated: true };
  return (await settleScript(redis, { ticket, ending: { mode: 'sweep', event }, nowMs })) === 'booked';
}

async function serverTimeMs(redis: ScriptHost): Promise<number> {
  const [seconds, micros] = await redis.time();
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}
