import { readdirSync, readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { NO_TOKENS } from '#libs/core';
import { connectRedis, keys, ready } from '#libs/redis';
import { type TestRedis, testRedis } from '#libs/testing';
import { type CachedAnswer, CacheStore, Flights, type FlightTerms, pack, type Seat } from './index.js';

let server: TestRedis;
const connections: Redis[] = [];
const errors: unknown[] = [];
beforeAll(async () => {
  server = await testRedis();
});
beforeEach(() => {
  errors.length = 0;
});
afterAll(async () => {
  for (const each of connections) each.disconnect();
  await server.stop();
});

/** What a gateway has: one connection for commands, one for messages. */
async function gateway(): Promise<{ flights: Flights<string>; store: CacheStore<string>; redis: Redis }> {
  const [redis, subscription] = ['fail-fast', 'wait'].map((patience) =>
    connectRedis(server.url, { name: 'spec', patience: patience as 'wait' }),
  ) as [Redis, Redis];
  connections.push(redis, subscription);
  await Promise.all([ready(redis), ready(subscription)]);
  const store = new CacheStore<string>(redis, subscription, (error) => errors.push(error));
  return { flights: new Flights(store, (error) => errors.push(error)), store, redis };
}

const terms: FlightTerms<string> = { waitMs: 20_000, ttlMs: 60_000, bytesMax: 10_000, holds: () => true };
const answerOf = (body: string): CachedAnswer<string> => ({
  model: 'm',
  version: 1,
  storedAtMs: 1,
  tags: {},
  used: { tokens: NO_TOKENS, units: 1 },
  body,
});
let count = 0;
const question = () => ({ organizationId: 'one', hash: `q${++count}` });
const kindsOf = async (seats: readonly Seat<string>[]) => {
  const kinds = new Map<string, number>();
  for (const { turn } of seats) kinds.set((await turn).kind, (kinds.get((await turn).kind) ?? 0) + 1);
  return Object.fromEntries(kinds);
};
const leaderOf = (seats: readonly Seat<string>[]): Promise<Seat<string>> =>
  Promise.any(
    seats.map(async (seat) => {
      if ((await seat.turn).kind !== 'lead') throw new Error('does not lead');
      return seat;
    }),
  );

it('of a thousand that ask the same at once, in two gateways, one leads and all others have its answer', async () => {
  const [a, b] = [await gateway(), await gateway()];
  const asked = question();
  const seats = Array.from({ length: 1000 }, (_, at) => (at % 2 ? a : b).flights.join(asked, terms));
  (await leaderOf(seats)).land(answerOf('forty-two'));
  expect(await kindsOf(seats)).toEqual({ lead: 1, answer: 999 });
  expect(await a.flights.join(asked, terms).turn).toEqual({
    kind: 'answer',
    answer: answerOf('forty-two'),
    near: false,
  });
  expect(await a.flights.join({ ...asked, organizationId: 'other' }, terms).turn).toEqual({ kind: 'lead' });
});

it('a leader that brings nothing is followed by exactly one other; after a second one each asks for itself', async () => {
  const { flights } = await gateway();
  const asked = question();
  const seats = Array.from({ length: 10 }, () => flights.join(asked, terms));
  const first = await leaderOf(seats);
  first.leave();
  const second = await leaderOf(seats.filter((seat) => seat !== first));
  second.leave();
  expect(await kindsOf(seats)).toEqual({ lead: 2, alone: 8 });
  expect(flights.size).toBe(0);
});

it('an answer that must not be kept sends everybody off at once', async () => {
  const { flights, redis } = await gateway();
  const asked = question();
  const seats = Array.from({ length: 5 }, () => flights.join(asked, terms));
  (await leaderOf(seats)).drop();
  expect(await kindsOf(seats)).toEqual({ lead: 1, alone: 4 });
  expect(await redis.exists(keys.cache('one', asked.hash))).toBe(0);
});

it('a gateway that dies while it leads is followed by another when its lease is over', async () => {
  const [dead, alive] = [await gateway(), await gateway()];
  const asked = question();
  await leaderOf([dead.flights.join(asked, terms)]);
  // What a dead process leaves: a lease that nobody prolongs.
  const waiting = alive.flights.join(asked, terms);
  await alive.redis.pexpire(keys.cacheLease('one', asked.hash), 1);
  expect((await waiting.turn).kind).toBe('lead');
});

it('one who lost the lead while it was asking stores nothing over the answer of the next', async () => {
  const [slow, next] = [await gateway(), await gateway()];
  const asked = question();
  const first = await leaderOf([slow.flights.join(asked, terms)]);
  await next.redis.del(keys.cacheLease('one', asked.hash));
  await leaderOf([next.flights.join(asked, terms)]);
  first.land(answerOf('late'));
  // Commands of a connection run in order: this one is behind the landing.
  expect(await slow.store.get(asked)).toBeNull();
});

it('patience ends: who has waited as long as it may asks for itself', async () => {
  const { flights } = await gateway();
  const asked = question();
  const leader = flights.join(asked, terms);
  const hasty = flights.join(asked, { ...terms, waitMs: 1 });
  expect(await leader.turn).toEqual({ kind: 'lead' });
  expect(await hasty.turn).toEqual({ kind: 'alone' });
});

it('an answer that holds no more is asked for anew, by one', async () => {
  const { flights, store } = await gateway();
  const asked = question();
  await store.land({ ...asked, token: null, ttlMs: 60_000 }, pack(answerOf('old')));
  const fresh = { ...terms, holds: ({ body }: CachedAnswer<string>) => body !== 'old' };
  const seats = [flights.join(asked, fresh), flights.join(asked, fresh)];
  (await leaderOf(seats)).land(answerOf('new'));
  expect(await kindsOf(seats)).toEqual({ lead: 1, answer: 1 });
  expect(await store.get(asked)).toEqual(answerOf('new'));
});

it('what is larger than allowed goes to those who wait, and is not stored', async () => {
  const { flights, store } = await gateway();
  const asked = question();
  const small = { ...terms, bytesMax: 10 };
  const seats = [flights.join(asked, small), flights.join(asked, small)];
  (await leaderOf(seats)).land(answerOf('large'));
  expect(await kindsOf(seats)).toEqual({ lead: 1, answer: 1 });
  expect(await store.get(asked)).toBeNull();
});

it('those who leave are forgotten, and a leader learns when nobody waits for it', async () => {
  const { flights } = await gateway();
  const asked = question();
  const leader = flights.join(asked, terms);
  const follower = flights.join(asked, terms);
  let deserted = 0;
  flights.onDeserted(leader, () => {
    deserted += 1;
  });
  await leader.turn;
  expect(leader.awaited).toBe(true);
  follower.leave();
  expect([leader.awaited, deserted]).toEqual([false, 1]);
  leader.leave();
  expect(flights.size).toBe(0);
});

it('without Redis the calls of one process still share one answer', async () => {
  const { flights, redis } = await gateway();
  redis.disconnect();
  const asked = question();
  const seats = Array.from({ length: 4 }, () => flights.join(asked, terms));
  (await leaderOf(seats)).land(answerOf('shared'));
  expect(await kindsOf(seats)).toEqual({ lead: 1, answer: 3 });
  expect(errors.length).toBeGreaterThan(0);
});

const directory = new URL('./scripts/', import.meta.url);
it.each(readdirSync(directory).filter((name) => name.endsWith('.lua')))(
  '%s says what it does, takes and answers',
  (name) => {
    const text = readFileSync(new URL(name, directory), 'utf8');
    for (const heading of ['Purpose', 'KEYS', 'ARGV', 'Reply', 'Errors'])
      expect(text).toMatch(new RegExp(`^-- ${heading} `, 'm'));
  },
);
