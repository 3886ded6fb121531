import { type CachedAnswer, holds, pack, type Seat, type Used } from '#libs/cache';
import type { Principal } from '#libs/identity';
import type { CacheOutcome } from '#libs/messages';
import type { RouteCache } from '#libs/routing';
import type { CallDeps, Routed } from '../call.types.js';
import { callTimeoutMs } from '../deadline.js';
import type { Exchange } from '../exchange.js';
import type { CallRecord } from '../record.js';
import { PatientExchange } from './patient-exchange.js';
import { type NearQuestion, Semantic } from './semantic.js';
import { CACHE_DEFAULTS, wishOf } from './wish.js';

/** What the cache has for one call, and what the call brings to it. Dispose at the end, whatever became of the call. */
export interface Inquiry<Body> extends Disposable {
  /** A kept answer, or null: then the call asks a model. Never rejects. */
  readonly answer: Promise<CachedAnswer<Body> | null>;
  /** To go on with: while others wait for this call's answer, a client that leaves does not end it. */
  readonly exchange: Exchange;
  /** The call has its answer: `body` null when that must not be kept. Off the caller's path. */
  keep(body: Body | null, used: Used): void;
}

/** A question as the cache knows it, and how its route keeps answers. */
export interface Question {
  readonly hash: string;
  readonly route: string;
  readonly cache: RouteCache;
  /** What may have the answer of another question; null = nothing may. */
  readonly near: NearQuestion | null;
}

const NOTHING = Promise.resolve(null);

/** Nothing is looked for and nothing kept. */
export function noInquiry(exchange: Exchange): Inquiry<never> {
  return { answer: NOTHING, exchange, keep: () => undefined, [Symbol.dispose]: () => undefined };
}

/**
 * Looks for an answer to the same question: in the store, or with another call that is getting it now. The command goes out at
 * once, so that it travels with the admission. A cache that cannot be read is a cache without the answer.
 */
export function inquire<Body>(
  question: Question,
  principal: Principal,
  routed: Routed,
  exchange: Exchange,
  record: CallRecord,
  deps: CallDeps,
): Inquiry<Body> {
  record.cache = 'miss';
  const { cache, route, hash } = question;
  const address = { organizationId: principal.organizationId, hash };
  const { waitMs = CACHE_DEFAULTS.waitMs, maxBytes: bytesMax = CACHE_DEFAULTS.maxBytes } = cache;
  const ttlMs = cache.ttlSeconds * 1000;
  const stillHolds = (answer: CachedAnswer<unknown>): boolean =>
    holds(answer, route, routed.organization.invalidations);
  const { store, flights } = deps.cache;

  const found = (answer: CachedAnswer<unknown> | null, outcome: CacheOutcome): CachedAnswer<Body> | null => {
    // An answer of a model that could not be asked now (it is gone, or outside the regions allowed) is no answer.
    if (answer === null || !routed.models.some(({ model }) => model.slug === answer.model)) return null;
    record.hit(answer, outcome);
    // The key says what was asked for, and with it the kind of body.
    return answer as CachedAnswer<Body>;
  };
  const answerOf = (body: Body, used: Used): CachedAnswer<Body> => ({
    model: record.model?.model.slug ?? '',
    version: routed.organization.version,
    storedAtMs: deps.clock.now(),
    tags: record.tags,
    used,
    body,
  });

  const semantic = question.near && new Semantic(question.near, cache, address, exchange, principal, deps);
  const nearby = async (): Promise<CachedAnswer<unknown> | null> => {
    const answer = (await semantic?.find()) ?? null;
    return answer !== null && stillHolds(answer) ? answer : null;
  };

  if (wishOf(exchange) === 'use' && waitMs > 0) {
    const terms = { waitMs: Math.min(waitMs, callTimeoutMs(routed) / 2), ttlMs, bytesMax, holds: stillHolds };
    const seat = flights.join(address, terms);
    return {
      answer: seat.turn.then(async (turn) => {
        if (turn.kind === 'answer') return found(turn.answer, turn.near ? 'semantic-hit' : 'hit');
        const near = turn.kind === 'lead' ? found(await nearby(), 'semantic-hit') : null;
        if (near !== null) seat.share(near);
        return near;
      }),
      exchange: patient(seat, exchange, deps),
      keep: (body, used) => {
        if (body === null) return seat.drop();
        seat.land(answerOf(body, used));
        semantic?.add(ttlMs);
      },
      [Symbol.dispose]: () => seat.leave(),
    };
  }
  const onError = (error: unknown): null => {
    deps.log.warn({ error: String(error), callId: record.callId }, 'the cache is out of reach');
    return null;
  };
  const looked =
    wishOf(exchange) === 'refresh'
      ? NOTHING
      : store.get(address).then(async (answer) => {
          if (answer !== null && stillHolds(answer)) return found(answer, 'hit');
          return found(await nearby(), 'semantic-hit');
        }, onError);
  return {
    answer: looked,
    exchange,
    keep: (body, used) => {
      const packed = body === null ? null : pack(answerOf(body, used));
      if (packed === null || packed.length > bytesMax) return;
      store.land({ ...address, token: null, ttlMs }, packed).catch(onError);
      semantic?.add(ttlMs);
    },
    [Symbol.dispose]: () => undefined,
  };
}

function patient(seat: Seat<unknown>, client: Exchange, { cache: { flights } }: CallDeps): Exchange {
  // One who only waits for another has nobody to wait for once its client has left.
  const exchange = new PatientExchange(
    client,
    () => seat.awaited,
    () => seat.leave(),
  );
  flights.onDeserted(seat, () => exchange.reconsider());
  seat.onWait(() => exchange.watch());
  return exchange;
}
