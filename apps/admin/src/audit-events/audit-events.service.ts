import { Injectable } from '@nestjs/common';
import { verify } from '#libs/audit';
import { PrismaClient } from '#libs/database';
import { Organizations } from '../change/organizations.js';
import type { ListQuery, Page } from '../http/list.js';
import { invalidField } from '../http/validation.js';
import type { AuditEventAnswer, VerificationAnswer } from './audit-events.dto.js';
import { toApi, toVerification } from './audit-events.mapping.js';

/** The audit trail, to read and to check. Nothing here writes: events are written with the changes they are about. */
@Injectable()
export class AuditEventsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
  ) {}

  /** Newest first. */
  async list(organization: string, { limit, cursor }: ListQuery): Promise<Page<AuditEventAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    const rows = await this.database.auditEvent.findMany({
      where: { organizationId, ...(cursor && { sequence: { lt: sequenceOf(cursor) } }) },
      orderBy: { sequence: 'desc' },
      take: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { data: shown.map(toApi), nextCursor: last ? last.sequence.toString() : null };
  }

  async verify(organization: string): Promise<VerificationAnswer> {
    return toVerification(await verify(this.database, await this.organizations.idOf(organization)));
  }
}

function sequenceOf(cursor: string): bigint {
  if (!/^\d{1,18}$/.test(cursor)) throw invalidField('cursor', 'must be the nextCursor of an earlier answer');
  return BigInt(cursor);
}
