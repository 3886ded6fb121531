import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TollgateError } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { type Grant, grantOf, type MemberPrincipal, PERMISSIONS, type Permission } from '#libs/identity';
import { found } from '../change/named.js';
import { originOf } from '../http/origin.js';
import type { AllowedRequest } from './access.js';
import { Denials } from './denials.js';
import { neededFor } from './requires.js';
import { reachedTeams } from './team-tree.js';

/**
 * Asks the policy whether the caller's roles allow the operation, and notes how far they reach. Runs after the caller is
 * known; an operation without a caller is public. Another organization is not found, whatever exists there.
 */
@Injectable()
export class PermissionGuard implements CanActivate {
  constructor(
    private readonly database: PrismaClient,
    private readonly denials: Denials,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AllowedRequest>();
    const principal = request.user as AllowedRequest['user'] | undefined;
    if (principal === undefined) return true;
    const needed = neededFor(context.getHandler());
    if (needed === undefined) throw new TollgateError('permission_denied', 'This operation is not open to anyone.');
    if (principal.kind === 'operator' || needed === 'anyone') {
      request.reach = 'organization';
      return true;
    }
    requireOwn(principal, request);
    const grant = grantOf(principal.roles, needed);
    if (grant === null) throw await this.denied(principal, needed, request);
    request.reach = await this.reachOf(principal, grant);
    return true;
  }

  private reachOf(
    { organizationId }: MemberPrincipal,
    grant: Grant,
  ): Promise<AllowedRequest['reach']> | 'organization' {
    return grant === 'organization' ? grant : reachedTeams(this.database, organizationId, grant.teamIds);
  }

  private async denied(
    principal: MemberPrincipal,
    permission: Permission,
    request: FastifyRequest,
  ): Promise<TollgateError> {
    const operation = `${request.method} ${request.routeOptions.url}`;
    await this.denials.note(principal, { permission, operation, from: originOf(request) });
    const roles: readonly string[] = PERMISSIONS[permission].roles;
    const holders = roles.length === 0 ? 'only the operator has' : `${roles.join(', ')} can have`;
    return new TollgateError('permission_denied', `This needs the permission ${permission}, which ${holders}.`);
  }
}

function requireOwn(principal: MemberPrincipal, request: FastifyRequest): void {
  const { organization } = request.params as { readonly organization?: string };
  if (organization === undefined) return;
  const own = organization === principal.organizationId || organization === principal.organization;
  found(own ? principal : null, organization);
}
