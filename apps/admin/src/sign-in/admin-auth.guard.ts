import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyReply } from 'fastify';
import { TollgateError } from '#libs/core';
import { bearerChallenge, tokenError } from '#libs/identity';

/**
 * Lets in who brings an access token for the admin audience, and puts the AdminPrincipal into `request.user`. Anyone else
 * gets 401 with the challenge of RFC 6750.
 */
@Injectable()
export class AdminAuthGuard extends AuthGuard('jwt') {
  override handleRequest<Principal>(
    error: unknown,
    principal: Principal,
    info: unknown,
    context: ExecutionContext,
  ): Principal {
    if (principal) return principal;
    // `info` is why the token is not accepted; an `error` may also be ours, e.g. that Postgres is away, and stays what it is.
    const refusal = error ?? tokenError(info);
    if (refusal instanceof TollgateError && refusal.code === 'invalid_token')
      context.switchToHttp().getResponse<FastifyReply>().header('www-authenticate', bearerChallenge(refusal));
    throw refusal;
  }
}
