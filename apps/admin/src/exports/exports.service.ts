import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isUuid, TollgateError, uuidv7 } from '#libs/core';
import { type Export, PrismaClient } from '#libs/database';
import { type AdminPrincipal, mayIn, type Permission } from '#libs/identity';
import { exportPath } from '#libs/ledger';
import { type ExportJob, QUEUES } from '#libs/messages';
import { Changes } from '../change/changes.js';
import { found } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created } from '../change/outcome.js';
import type { AdminConfig } from '../connections/config.js';
import { CLOCK, CONFIG } from '../connections/tokens.js';
import { momentOf } from '../http/instant.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import { invalidField } from '../http/validation.js';
import type { Write } from '../http/write.js';
import { JobQueues } from '../jobs/job-queues.js';
import { settled } from '../jobs/settled.js';
import type { CreateExport, ExportAnswer } from './exports.dto.js';
import { toApi } from './exports.mapping.js';

/** How long an order waits for the worker; after that it answers `waiting` or `running`. */
const DONE_WITHIN_MS = 5_000;

/** Nobody gets by a file what they may not see otherwise. */
const NEEDS: Readonly<Record<string, Permission>> = {
  requests: 'requests:read',
  usage: 'usage:read',
  audit: 'audit-events:read',
};

@Injectable()
export class ExportsService {
  constructor(
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    private readonly jobs: JobQueues,
    private readonly database: PrismaClient,
    @Inject(CONFIG) private readonly config: AdminConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async create(organization: string, body: CreateExport, write: Write): Promise<ExportAnswer> {
    const { kind, format } = body;
    const [from, to] = [momentOf(body.from), momentOf(body.to)];
    if (from >= to) throw invalidField('from', 'must be before `to`');
    const { id, organizationId } = await this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      requireSight(organizationId, write.principal, kind);
      const row = await tx.export.create({ data: { id: uuidv7(), organizationId, kind, format, from, to } });
      return created('export', { id: row.id, organizationId, kind, format, from, to });
    });
    const job: ExportJob = { organizationId, exportId: id };
    await this.jobs.add(QUEUES.exports, id, job);
    const isDone = ({ status }: Export): boolean => status !== 'waiting' && status !== 'running';
    return toApi(organization, await settled(() => this.find(organizationId, id), isDone, DONE_WITHIN_MS, this.clock));
  }

  async list(organization: string, query: ListQuery): Promise<Page<ExportAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) => this.database.export.findMany({ where: { organizationId, id }, ...order }),
      (row) => toApi(organization, row),
    );
  }

  async get(organization: string, id: string): Promise<ExportAnswer> {
    return toApi(organization, await this.find(await this.organizations.idOf(organization), id));
  }

  /** The file, read as fast as it is sent. Throws conflict while it is not there yet, not_found when it is gone. */
  async download(
    organization: string,
    id: string,
    principal: AdminPrincipal,
  ): Promise<{ readonly name: string; readonly format: string; readonly bytes: number; readonly file: Readable }> {
    const organizationId = await this.organizations.idOf(organization);
    const row = await this.find(organizationId, id);
    requireSight(organizationId, principal, row.kind);
    if (row.status !== 'done' && row.status !== 'expired')
      throw new TollgateError('conflict', `The export is ${row.status}.`);
    const isOver = row.expiresAt === null || row.expiresAt.getTime() < this.clock.now();
    const path = exportPath(this.config.dataDir, row.id);
    // Opened before the answer begins, so that a file that is gone is an answer and not a broken one.
    const handle = isOver ? null : await open(path).catch(() => null);
    if (handle === null) throw new TollgateError('not_found', 'The file of this export is no longer kept.');
    const name = `${row.kind}-${row.from.toISOString().slice(0, 10)}-${row.id}.${row.format}`;
    return { name, format: row.format, bytes: Number(row.bytes), file: createReadStream(path, { fd: handle }) };
  }

  private async find(organizationId: string, id: string): Promise<Export> {
    const row = isUuid(id) ? await this.database.export.findFirst({ where: { id, organizationId } }) : null;
    return found(row, id);
  }
}

function requireSight(organizationId: string, principal: AdminPrincipal, kind: string): void {
  const needed = NEEDS[kind];
  if (needed !== undefined && mayIn(organizationId, principal, needed) === 'organization') return;
  throw new TollgateError('permission_denied', `An export of ${kind} needs the permission ${needed} for all teams.`);
}
