import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TollgateError } from '#libs/core';
import type { Envelope } from '#libs/dialects';
import { call } from '../call/call.js';
import type { CallDeps, Surface } from '../call/call.types.js';
import type { Exchange } from '../call/exchange.js';
import { CallRecord } from '../call/record.js';
import { refuse } from '../call/refuse.js';
import { HttpExchange } from './http-exchange.js';

/** The door from Nest to the life of a call. Knows which calls are under way, so that a stop can wait for them. */
@Injectable()
export class Calls {
  private readonly running = new Set<Promise<void>>();

  constructor(
    readonly deps: CallDeps,
    private readonly bodyLimitBytes: number,
  ) {}

  exchange(request: FastifyRequest, reply: FastifyReply, envelope: Envelope = {}): HttpExchange {
    reply.hijack();
    return new HttpExchange(request.raw, reply.raw, envelope, this.bodyLimitBytes);
  }

  handle(surface: Surface, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return this.run(surface, this.exchange(request, reply));
  }

  /** Lives one call. Never rejects. */
  async run(surface: Surface, exchange: Exchange): Promise<void> {
    const running = call(surface, exchange, this.deps);
    this.running.add(running);
    try {
      await running;
    } finally {
      this.running.delete(running);
    }
  }

  /** For what is wrong before there is a call: an error in the surface's shape. */
  async refuse(surface: Surface, request: FastifyRequest, reply: FastifyReply, error: TollgateError): Promise<void> {
    const exchange = this.exchange(request, reply);
    await refuse(surface, exchange, new CallRecord(surface, exchange, this.deps.clock), error, this.deps);
  }

  /** Resolves when no call is under way, or after `ms`. */
  async drained(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([Promise.all(this.running), late]);
    clearTimeout(timer);
  }
}
