import { Inject, Injectable } from '@nestjs/common';
import { append } from '#libs/audit';
import type { Clock } from '#libs/core';
import { PrismaClient } from '#libs/database';
import type { MemberPrincipal, Permission } from '#libs/identity';
import type { AuditEvent } from '#libs/messages';
import { CLOCK } from '../connections/tokens.js';

interface Denial {
  readonly permission: Permission;
  /** Method and route, e.g. `PATCH /api/v1/organizations/:organization/budgets/:budget`. */
  readonly operation: string;
  readonly from: AuditEvent['from'];
}

/** Writes into the audit trail what members tried and may not do. */
@Injectable()
export class Denials {
  constructor(
    private readonly database: PrismaClient,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async note({ organizationId, id, name }: MemberPrincipal, { permission, operation, from }: Denial): Promise<void> {
    await this.database.$transaction((tx) =>
      append(tx, {
        organizationId,
        atMs: this.clock.now(),
        actor: { kind: 'member', id, name },
        action: 'permission.denied',
        resource: { kind: 'operation', id: operation, slug: permission },
        before: null,
        after: null,
        from,
      }),
    );
  }
}
