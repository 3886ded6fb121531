import { Inject, Injectable } from '@nestjs/common';
import { append } from '#libs/audit';
import type { Clock } from '#libs/core';
import { type Member, PrismaClient } from '#libs/database';
import type { AuditEvent } from '#libs/messages';
import { CLOCK } from '../connections/tokens.js';

/** The chain of what concerns the installation and no organization, such as the sign-ins of operators. */
export const PLATFORM_CHAIN = '00000000-0000-0000-0000-000000000000';

/** Writes into the audit trail who signed in, who was refused, and who changed their password. */
@Injectable()
export class SignInRecord {
  constructor(
    private readonly database: PrismaClient,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async signedIn(member: Member, from: AuditEvent['from'], by: 'password' | 'identity-provider'): Promise<void> {
    // By SQL, because Prisma would touch updatedAt as well: signing in is no new version of the member.
    await this.database.$executeRaw`
      UPDATE members SET last_sign_in_at = ${new Date(this.clock.now())} WHERE id = ${member.id}::uuid`;
    await this.note('signed-in', member, from, { by });
  }

  /** `reason`: `password`, or `locked` after too many attempts. */
  async refused(member: Member, from: AuditEvent['from'], reason: 'password' | 'locked'): Promise<void> {
    await this.note('sign-in-refused', member, from, { reason });
  }

  async passwordChanged(member: Member, from: AuditEvent['from']): Promise<void> {
    await this.note('password-changed', member, from, null);
  }

  private async note(verb: string, member: Member, from: AuditEvent['from'], after: object | null): Promise<void> {
    const { id, email, organizationId } = member;
    await this.database.$transaction((tx) =>
      append(tx, {
        organizationId: organizationId ?? PLATFORM_CHAIN,
        atMs: this.clock.now(),
        actor: { kind: organizationId === null ? 'operator' : 'member', id, name: email },
        action: `member.${verb}`,
        resource: { kind: 'member', id, slug: email },
        before: null,
        after,
        from,
      }),
    );
  }
}
