import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { isUuid, type NanoUsd } from '#libs/core';
import { type SpentKey, spentBy } from '#libs/ledger';
import type { UsageEvent } from '#libs/messages';
import { type CallFacts, periodOf, type RebuildOf, type Scope, subjectMatcher } from '#libs/quota';
import { keys } from '#libs/redis';
import type { TeamPaths } from './team-paths.js';

/** The end of a period that never ends, for Postgres. */
const NEVER_MS = Date.UTC(9999, 0, 1);
const PAGE = 1_000;

/**
 * What was spent in a budget's current period, per subject: the ledger, and the events up to `lastEvent` of the stream that
 * are not in it yet. The stream is read before the ledger, so that an event on its way between them is in one of the two,
 * and the ledger says which it has.
 */
export async function spentBySubject(
  { redis, pool }: { readonly redis: Redis; readonly pool: Pool },
  { organizationId, budget, nowMs }: RebuildOf,
  lastEvent: string | null,
  teamPaths: TeamPaths,
): Promise<Map<string, NanoUsd>> {
  const { startMs, endMs } = periodOf(budget.period, budget.timezone, nowMs);
  const toMs = endMs ?? NEVER_MS;
  const waiting = (await eventsUpTo(redis, organizationId, lastEvent)).filter(
    ({ atMs }) => atMs >= startMs && atMs < toMs,
  );
  const by = attributesOf(budget.scope);
  const { sums, recorded } = await spentBy(pool, {
    organizationId,
    by,
    from: new Date(startMs),
    to: new Date(toMs),
    callIds: waiting.map(({ callId }) => callId),
  });

  const subjectsOf = subjectMatcher(budget.scope);
  const spent = new Map<string, NanoUsd>();
  const add = (values: readonly (string | null)[], costNanoUsd: NanoUsd): void => {
    for (const { name } of subjectsOf(factsOf(organizationId, by, values, teamPaths)))
      spent.set(name, (spent.get(name) ?? 0n) + costNanoUsd);
  };
  for (const { values, costNanoUsd } of sums) add(values, costNanoUsd);
  for (const event of waiting)
    if (!recorded.has(event.callId))
      add(
        by.map((key) => attributeOf(event, key)),
        BigInt(event.costNanoUsd),
      );
  return spent;
}

function attributesOf({ tags = {}, ...attributes }: Scope): SpentKey[] {
  const named = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [key as SpentKey]));
  return [...named, ...Object.keys(tags).map((tag): SpentKey => `tag.${tag}`)];
}

function attributeOf(event: UsageEvent, key: SpentKey): string | null {
  if (key.startsWith('tag.')) return event.tags[key.slice(4)] ?? null;
  return key === 'user' ? event.endUser : event[key as 'team' | 'service' | 'agent' | 'route' | 'model'];
}

/** The facts of a call as far as the scope looks at them. Today's teams decide whose outer budgets a team's calls count in. */
function factsOf(
  organizationId: string,
  by: readonly SpentKey[],
  values: readonly (string | null)[],
  teamPaths: TeamPaths,
): CallFacts {
  const of = (key: SpentKey): string | null => values[by.indexOf(key)] ?? null;
  const team = of('team');
  const model = of('model');
  const tags = by.flatMap((key) => {
    const value = of(key);
    return key.startsWith('tag.') && value !== null ? [[key.slice(4), value] as const] : [];
  });
  return {
    organizationId,
    teamPath: team === null ? [] : (teamPaths.get(team) ?? [team]),
    service: of('service') ?? '',
    agent: of('agent'),
    user: of('user'),
    route: of('route'),
    models: model === null ? [] : [model],
    tags: Object.fromEntries(tags),
  };
}

/** Events that the ingest job has not finished with, each call once. What is no event will never be in the ledger either. */
async function eventsUpTo(redis: Redis, organizationId: string, last: string | null): Promise<UsageEvent[]> {
  const events = new Map<string, UsageEvent>();
  for (let from = '-'; last !== null; ) {
    const page = await redis.xrange(keys.usage(organizationId), from, last, 'COUNT', PAGE);
    for (const [id, fields] of page) {
      from = `(${id}`;
      const event = parse(fields[fields.indexOf('event') + 1] ?? '');
      if (event !== null && !events.has(event.callId)) events.set(event.callId, event);
    }
    if (page.length < PAGE) break;
  }
  return [...events.values()];
}

function parse(json: string): UsageEvent | null {
  try {
    const event = JSON.parse(json) as UsageEvent;
    return isUuid(event.callId) && /^\d{1,19}$/.test(event.costNanoUsd) ? event : null;
  } catch {
    return null;
  }
}
