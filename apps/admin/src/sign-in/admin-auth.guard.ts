import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyReply } from 'fastify';
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
    const refusal = tokenError(error ?? info);
    if (refusal.code === 'invalid_token')
      context.switchToHttp().getResponse<FastifyReply>().header('www-authenticate', bearerChallenge(refusal));
    throw refusal;
  }
}
