import { createHash } from 'node:crypto';
import type { Candidate, RoutingFacts } from './facts.js';
import type { Model } from './model.js';
import type { Route } from './route-policy.js';
import { type Draw, strategies } from './strategies/index.js';
import { weighted } from './strategies/weighted.js';

/** Strategies whose order is of the moment: a sticky call would lose its place with each of them. */
const RESTLESS: ReadonlySet<Route['strategy']> = new Set(['latency', 'least-busy']);

/**
 * Candidates in the order in which they are tried: by the route's strategy, ties by weighted lot. In a sticky route the lot
 * is drawn from the session or user and not by chance (rendezvous hashing), and `latency` and `least-busy` give way to it.
 * Whatever the order, a model whose provider says that it is nearly exhausted goes behind those with room.
 */
export function order(
  candidates: readonly Candidate[],
  route: Pick<Route, 'strategy' | 'stickiness'> | null,
  facts: RoutingFacts,
): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  const strategy = route?.strategy ?? 'priority';
  const key = stickyKey(route, facts);
  const draw: Draw = key === null ? () => facts.random() : (model) => lotOf(key, model);
  const arrange = key !== null && RESTLESS.has(strategy) ? weighted : strategies[strategy];
  const ordered = arrange(candidates, facts, draw);
  const hasRoom = ordered.filter(({ model }) => !facts.nearlyExhausted(model));
  if (hasRoom.length === ordered.length) return ordered;
  return [...hasRoom, ...ordered.filter((candidate) => !hasRoom.includes(candidate))];
}

function stickyKey(route: Pick<Route, 'stickiness'> | null, { session, user }: RoutingFacts): string | null {
  if (!route?.stickiness) return null;
  return route.stickiness === 'session' ? session : user;
}

/**
 * The same number in [0, 1) for the same pair, always: each key has its own order of the models, and a model that comes or
 * goes moves only its own share of the keys.
 */
export function lotOf(key: string, { id }: Pick<Model, 'id'>): number {
  return createHash('sha256').update(`${key}\0${id}`).digest().readUIntBE(0, 6) / 2 ** 48;
}
