import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isUuid, TollgateError, uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import { hashPassword, newOneTimePassword } from '#libs/identity';
import { type Change, Changes } from '../change/changes.js';
import { found } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, type Outcome, updated, withSecret } from '../change/outcome.js';
import { CLOCK } from '../connections/tokens.js';
import { requireMatch } from '../http/etag.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import type { Write } from '../http/write.js';
import { fromThisSecond } from '../issuer/members.js';
import type { CreatedMemberAnswer, CreateMember, MemberAnswer, UpdateMember } from './members.dto.js';
import { toApi, WITH_ROLES } from './members.mapping.js';
import { isOwner, requireAnotherOwner, requireMayChangeOwners } from './owners.js';
import { endSessions } from './sessions.js';

/** The people of an organization. What they may do is said by role bindings. */
@Injectable()
export class MembersService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** With a password for the first sign-in, which the member has to change there. */
  async create(organization: string, { email, name }: CreateMember, write: Write): Promise<CreatedMemberAnswer> {
    const oneTimePassword = newOneTimePassword();
    const passwordHash = await hashPassword(oneTimePassword);
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      const key = { organizationId, email: email.toLowerCase() };
      if (await tx.member.findFirst({ where: key }))
        throw new TollgateError('conflict', 'There is a member with this email already.', { param: 'email' });
      const row = await tx.member.create({
        data: {
          validFrom: fromThisSecond(this.clock.now()),
          id: uuidv7(),
          ...key,
          name,
          passwordHash,
          passwordOneTime: true,
        },
        include: WITH_ROLES,
      });
      return withSecret(created('member', toApi(row)), { oneTimePassword });
    });
  }

  async list(organization: string, query: ListQuery): Promise<Page<MemberAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) =>
        this.database.member.findMany({ where: { organizationId, id }, include: WITH_ROLES, ...order }),
      toApi,
    );
  }

  async get(organization: string, member: string): Promise<MemberAnswer> {
    return toApi(await findMember(this.database, await this.organizations.idOf(organization), member));
  }

  update(organization: string, member: string, { name }: UpdateMember, write: Write): Promise<MemberAnswer> {
    return this.changing(organization, member, write, async ({ tx, organizationId }, before) => {
      const where = { id: before.id, organizationId };
      const after = await tx.member.update({ where, data: { name }, include: WITH_ROLES });
      return updated('member', toApi(before), toApi(after));
    });
  }

  /** For someone who cannot sign in any more. Ends their sessions, whoever may be in them. */
  async giveOneTimePassword(organization: string, member: string, write: Write): Promise<CreatedMemberAnswer> {
    const oneTimePassword = newOneTimePassword();
    const passwordHash = await hashPassword(oneTimePassword);
    return this.changing(organization, member, write, async ({ tx, organizationId }, before) => {
      await endSessions(tx, before.id, this.clock.now());
      const after = await tx.member.update({
        where: { id: before.id, organizationId },
        data: { passwordHash, passwordOneTime: true },
        include: WITH_ROLES,
      });
      return withSecret(updated('member', toApi(before), toApi(after)), { oneTimePassword });
    });
  }

  /** Ends their sessions and takes their roles with them. */
  remove(organization: string, member: string, write: Write): Promise<void> {
    return this.changing(organization, member, write, async (change, before) => {
      if (await isOwner(change.tx, before.id)) await requireAnotherOwner(change, before.id);
      await endSessions(change.tx, before.id, this.clock.now());
      await change.tx.member.delete({ where: { id: before.id, organizationId: change.organizationId } });
      return deleted('member', toApi(before));
    });
  }

  private changing<A>(
    organization: string,
    member: string,
    write: Write,
    work: (change: Change, before: MemberRow) => Promise<Outcome<A>>,
  ): Promise<A> {
    return this.changes.inside(organization, write, async (change) => {
      const before = await findMember(change.tx, change.organizationId, member);
      requireMatch(write.ifMatch, before);
      if (await isOwner(change.tx, before.id)) requireMayChangeOwners(change.organizationId, write);
      return work(change, before);
    });
  }
}

type MemberRow = Awaited<ReturnType<typeof findMember>>;

/** Members have no slug: they are named by id. Throws not_found. */
async function findMember(database: Prisma.TransactionClient, organizationId: string, id: string) {
  const where = { organizationId, id };
  return found(isUuid(id) ? await database.member.findFirst({ where, include: WITH_ROLES }) : null, id);
}
