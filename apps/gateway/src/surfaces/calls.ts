import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Envelope } from '#libs/dialects';
import { call } from '../call/call.js';
import type { CallDeps, Surface } from '../call/call.types.js';
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

  async handle(surface: Surface, request: FastifyRequest, reply: FastifyReply, envelope: Envelope = {}): Promise<void> {
    const running = call(surface, this.exchange(request, reply, envelope), this.deps);
    this.running.add(running);
    try {
      await running;
    } finally {
      this.running.delete(running);
    }
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
