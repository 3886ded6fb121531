import { Inject } from '@nestjs/common';
import { type AdminPrincipal, grantOf, PERMISSIONS, type Permission } from '#libs/identity';
import { PrincipalOf } from '../access/access.js';
import { ForAnyone } from '../access/requires.js';
import type { AdminConfig } from '../connections/config.js';
import { CONFIG } from '../connections/tokens.js';
import { Read, Resource } from '../http/resource.js';
import { MeAnswer } from './me.dto.js';

/** Who is asking: what a user interface needs to know before it shows anything. */
@Resource('me', 'me')
export class MeController {
  constructor(@Inject(CONFIG) private readonly config: Pick<AdminConfig, 'gatewayPort' | 'publicGatewayUrl'>) {}

  @ForAnyone()
  @Read(MeAnswer, '')
  get(@PrincipalOf() principal: AdminPrincipal): MeAnswer {
    const { kind, id, name } = principal;
    const organization = principal.kind === 'member' ? principal.organization : null;
    const gatewayUrl = this.config.publicGatewayUrl ?? `http://localhost:${this.config.gatewayPort}`;
    return { kind, id, name, organization, gatewayUrl, permissions: permissionsOf(principal) };
  }
}

function permissionsOf(principal: AdminPrincipal): MeAnswer['permissions'] {
  return (Object.keys(PERMISSIONS) as Permission[]).flatMap((permission) => {
    const grant = principal.kind === 'operator' ? 'organization' : grantOf(principal.roles, permission);
    return grant === null ? [] : [{ permission, teams: grant === 'organization' ? null : [...grant.teamIds] }];
  });
}
