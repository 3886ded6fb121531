import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TollgateError } from '#libs/core';
import type { Envelope } from '#libs/dialects';
import type { CallDeps, Door } from '../call/call.types.js';
import type { Exchange } from '../call/exchange.js';
import { CallRecord } from '../call/record.js';
import { refuse } from '../call/refuse.js';
import type { Shedding } from '../control/shedding.js';
import { HttpExchange, type HttpExchangeOptions } from './http-exchange.js';
import type { Surface } from './surfaces.js';

const OVER_CAPACITY = new TollgateError('overloaded', 'This gateway has more calls than it can serve well.', {
  retryAfterMs: 1_000,
});

/** The door from Nest to the life of a call. Knows which calls are under way, so that a stop can wait for them. */
@Injectable()
export class Calls {
  private readonly running = new Set<Promise<void>>();
  private readonly options: HttpExchangeOptions;
  private draining = false;

  constructor(
    readonly deps: CallDeps,
    private readonly shedding: Shedding,
    bodyLimitBytes: number,
    /** Where clients reach the gateway; null: wherever they say that they do. */
    private readonly publicUrl: string | null,
  ) {
    this.options = { bodyLimitBytes, draining: () => this.draining };
  }

  exchange(request: FastifyRequest, reply: FastifyReply, envelope: Envelope = {}): HttpExchange {
    reply.hijack();
    const origin = () => this.publicUrl ?? `${request.protocol}://${request.host}`;
    return new HttpExchange(request.raw, reply.raw, request.ip, origin, envelope, this.options);
  }

  handle(surface: Surface, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return this.run(surface, this.exchange(request, reply));
  }

  /** Lives one call. Never rejects. */
  async run(surface: Surface, exchange: Exchange): Promise<void> {
    if (this.shedding.sheds(this.running.size)) return this.refuseOn(surface, exchange, OVER_CAPACITY);
    const running = surface.live(exchange, this.deps);
    this.running.add(running);
    try {
      await running;
    } finally {
      this.running.delete(running);
    }
  }

  /** For what is wrong before there is a call: an error in the surface's shape. */
  async refuse(surface: Door, request: FastifyRequest, reply: FastifyReply, error: TollgateError): Promise<void> {
    await this.refuseOn(surface, this.exchange(request, reply), error);
  }

  private refuseOn(surface: Door, exchange: Exchange, error: TollgateError): Promise<void> {
    return refuse(surface, exchange, new CallRecord(surface, exchange, this.deps.clock), error, this.deps);
  }

  /** From now on every connection ends with its answer. Resolves when no call is under way, or after `ms`. */
  async drained(ms: number): Promise<void> {
    this.draining = true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([Promise.all(this.running).then(() => this.deps.aside.idle()), late]);
    clearTimeout(timer);
  }
}
