import { Inject, Injectable } from '@nestjs/common';
import { type Clock, SLUG } from '#libs/core';
import { type Member, PrismaClient } from '#libs/database';
import { hashPassword, passwordFlaw, passwordMatches } from '#libs/identity';
import type { AuditEvent } from '#libs/messages';
import { CLOCK } from '../connections/tokens.js';
import { fromThisSecond } from '../issuer/members.js';
import { endSessions } from '../members/sessions.js';
import { type Attempt, Attempts } from './attempts.js';
import { SignInRecord } from './sign-in-record.js';

/** What came of a password: whose it is, or what to tell who typed it. */
export type PasswordOutcome =
  | { readonly member: Member }
  | { readonly flaw: string; readonly retryAfterSeconds?: number };

/** The same words whether the organization, the member or the password is wrong. */
const WRONG = 'Organization, email or password is wrong.';

/** Signing in by password: for members whose organization has no identity provider, and for the platform's operators. */
@Injectable()
export class Passwords {
  constructor(
    private readonly database: PrismaClient,
    private readonly attempts: Attempts,
    private readonly record: SignInRecord,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whose password this is. Slow and limited on purpose; every refusal of somebody who exists is in the audit trail. */
  async check(attempt: Attempt, password: string, from: AuditEvent['from']): Promise<PasswordOutcome> {
    const retryAfterSeconds = await this.attempts.count(attempt);
    const member = await this.find(attempt);
    if (retryAfterSeconds > 0) {
      if (member) await this.record.refused(member, from, 'locked');
      const minutes = Math.ceil(retryAfterSeconds / 60);
      return { flaw: `Too many attempts. Try again in ${minutes} min.`, retryAfterSeconds };
    }
    const right = await passwordMatches(password, member?.passwordHash ?? null);
    if (member && !right) await this.record.refused(member, from, 'password');
    if (!member || !right) return { flaw: WRONG };
    await this.attempts.forgive(attempt);
    return { member };
  }

  /** Replaces a one-time password by one that only the member knows. Whoever else had signed in with it is signed out. */
  async change(member: Member, password: string, from: AuditEvent['from']): Promise<PasswordOutcome> {
    const flaw = passwordFlaw(password, member.email);
    if (flaw) return { flaw };
    if (await passwordMatches(password, member.passwordHash))
      return { flaw: 'It must be another than the one before.' };
    const passwordHash = await hashPassword(password);
    const nowMs = this.clock.now();
    const changed = await this.database.$transaction(async (tx) => {
      await endSessions(tx, member.id, nowMs);
      return tx.member.update({
        where: { id: member.id },
        data: { passwordHash, passwordOneTime: false, validFrom: fromThisSecond(nowMs) },
      });
    });
    await this.record.passwordChanged(changed, from);
    return { member: changed };
  }

  private async find({ organization, email }: Attempt): Promise<Member | null> {
    const key = { email: email.toLowerCase() };
    if (organization === '') return this.database.member.findFirst({ where: { ...key, organizationId: null } });
    if (!SLUG.test(organization)) return null;
    return this.database.member.findFirst({ where: { ...key, organization: { slug: organization } } });
  }
}
