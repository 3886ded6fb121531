import { randomUUID } from 'node:crypto';
import { type CachedAnswer, pack } from './answer.js';
import { Flight, type Seat } from './flight.js';
import type { CacheAddress, CacheStore, Found } from './store.js';

/** A gateway that died frees its questions after this time; one that lives prolongs its lease three times as often. */
const LEASE_MS = 6_000;
/** How often those who wait look again, for when a message was lost or a leader died. */
const LOOK_MS = 1_000;

export interface FlightTerms<Body> {
  /** How long a call may wait for another's answer, milliseconds. */
  readonly waitMs: number;
  /** Life of the answer. */
  readonly ttlMs: number;
  /** Larger answers (packed, bytes) are not kept. */
  readonly bytesMax: number;
  /** Whether a stored answer still holds: see `Invalidations`. */
  readonly holds: (answer: CachedAnswer<Body>) => boolean;
}

/**
 * Single flight over a fleet of gateways: of the calls that ask the same at the same time one asks a model. Within a process
 * calls share a flight; between processes a lease in Redis says who leads, and a message when that is over. Everybody else waits
 * a bounded time, and asks for itself when the leader fails twice, is slow, or brings an answer that must not be kept.
 */
export class Flights<Body = unknown> {
  private readonly flights = new Map<string, Flight<Body>>();
  private readonly deserted = new WeakMap<Seat<Body>, () => void>();

  constructor(
    private readonly store: CacheStore<Body>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Flights under way. */
  get size(): number {
    return this.flights.size;
  }

  /** A place in the flight of this question; the first one sends a command at once, in the caller's turn of the event loop. */
  join(address: CacheAddress, terms: FlightTerms<Body>): Seat<Body> {
    const id = `${address.organizationId} ${address.hash}`;
    let flight = this.flights.get(id);
    if (flight) return flight.join(terms.waitMs);
    flight = this.begin(id, address, terms);
    return flight.join(terms.waitMs);
  }

  /** Told once, when nobody waits any more for what this seat brings. */
  onDeserted(seat: Seat<Body>, tell: () => void): void {
    this.deserted.set(seat, tell);
  }

  private begin(id: string, address: CacheAddress, terms: FlightTerms<Body>): Flight<Body> {
    const lease = new Lease(this.store, address, this.onError);
    const end = (): void => {
      if (this.flights.get(id) === flight) this.flights.delete(id);
    };
    const flight: Flight<Body> = new Flight<Body>(
      (answer) => {
        end();
        lease.land(answer, terms);
      },
      () => {
        end();
        lease.end();
      },
      (leader) => this.deserted.get(leader)?.(),
    );
    this.flights.set(id, flight);
    void this.fly(flight, lease, terms, end);
    return flight;
  }

  /** Until there is an answer or a leader here. Never rejects: without the store the process leads for itself. */
  private async fly(
    flight: Flight<Body>,
    lease: Lease<Body>,
    terms: FlightTerms<Body>,
    end: () => void,
  ): Promise<void> {
    let anew = false;
    for (;;) {
      const found = await lease.ask(anew);
      if (found.kind === 'answer') {
        if (terms.holds(found.answer)) {
          end();
          return flight.answer(found.answer);
        }
        anew = true;
        continue;
      }
      if (found.kind === 'lead') {
        if (!flight.appoint()) flight.disband();
        return;
      }
      anew = false;
      flight.wait();
      await lease.news();
      if (flight.waiting.size === 0) return end();
    }
  }
}

/** This process's hold on a question. */
class Lease<Body> {
  private readonly token = randomUUID();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: CacheStore<Body>,
    private readonly address: CacheAddress,
    private readonly onError: (error: unknown) => void,
  ) {}

  async ask(anew: boolean): Promise<Found<Body>> {
    try {
      const found = await this.store.lookUp({ ...this.address, token: this.token, leaseMs: LEASE_MS, anew });
      if (found.kind === 'lead') this.keepAlive();
      return found;
    } catch (error) {
      this.onError(error);
      return { kind: 'lead' };
    }
  }

  news(): Promise<void> {
    return this.store.news(this.address, LOOK_MS);
  }

  /** Off the caller's path: a failure costs the next one a miss, and nobody an answer. */
  land(answer: CachedAnswer<Body>, { ttlMs, bytesMax }: FlightTerms<Body>): void {
    clearInterval(this.timer);
    const packed = pack(answer);
    if (packed.length > bytesMax) this.end();
    else this.store.land({ ...this.address, token: this.token, ttlMs }, packed).catch(this.onError);
  }

  end(): void {
    clearInterval(this.timer);
    this.store.hold(this.address, this.token, 0).catch(this.onError);
  }

  private keepAlive(): void {
    this.timer = setInterval(() => {
      this.store.hold(this.address, this.token, LEASE_MS).catch(this.onError);
    }, LEASE_MS / 3).unref();
  }
}
