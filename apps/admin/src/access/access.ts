import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AdminPrincipal } from '#libs/identity';
import type { Reach } from './reach.js';

/** A request that the guards have let through: who asks, and how far the permission of the operation goes. */
export type AllowedRequest = FastifyRequest & { readonly user: AdminPrincipal; reach: Reach };

/** What of the organization the caller of a request may see. */
export const reachOf = (_: unknown, context: ExecutionContext): Reach =>
  context.switchToHttp().getRequest<AllowedRequest>().reach;

/** Parameter of a controller's method: {@link reachOf} the request. */
export const ReachOf = createParamDecorator(reachOf);

/** Parameter of a controller's method: who asks. */
export const PrincipalOf = createParamDecorator(
  (_: unknown, context: ExecutionContext): AdminPrincipal => context.switchToHttp().getRequest<AllowedRequest>().user,
);
