import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { TollgateError } from '#libs/core';
import { REDIS } from '../connections/tokens.js';
import { AdminAuthGuard } from '../sign-in/index.js';
import { FailureLimit, networkOf } from './failure-limit.js';
import { PUBLIC } from './public.js';

/** Of one network. Who brings a right token is served all the same: an address may be a whole company. */
const REFUSALS = { max: 1_000, windowSeconds: 60 };

/** Every operation needs a token for the admin audience, unless its controller is Public: forgetting is safe. */
@Injectable()
export class AuthenticatedGuard extends AdminAuthGuard {
  private readonly refusals: FailureLimit;

  constructor(
    private readonly reflector: Reflector,
    @Inject(REDIS) redis: Redis,
  ) {
    super();
    this.refusals = new FailureLimit(redis, REFUSALS);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.get<true>(PUBLIC, context.getClass())) return true;
    try {
      return (await super.canActivate(context)) as boolean;
    } catch (cause) {
      if (!(cause instanceof TollgateError) || cause.code !== 'invalid_token') throw cause;
      const { ip } = context.switchToHttp().getRequest<FastifyRequest>();
      const seconds = await this.refusals.failed(`admin ${networkOf(ip)}`);
      if (seconds === 0) throw cause;
      const message = 'Too many refused access tokens from your network.';
      throw new TollgateError('rate_limit_exceeded', message, { retryAfterMs: seconds * 1000 });
    }
  }
}
