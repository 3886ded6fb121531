import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { type Clock, isUuid } from '#libs/core';
import { PrismaClient } from '#libs/database';
import {
  addAdjustment,
  beginClosing,
  findStatement,
  listStatements,
  previewStatement,
  readLines,
  type Statement,
  type StatementId,
  statementCsv,
} from '#libs/ledger';
import { type CloseStatementJob, QUEUES } from '#libs/messages';
import { Changes } from '../change/changes.js';
import { found } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created } from '../change/outcome.js';
import { CLOCK, POOL } from '../connections/tokens.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import type { Write } from '../http/write.js';
import { JobQueues } from '../jobs/job-queues.js';
import { settled } from '../jobs/settled.js';
import type { AdjustmentAnswer, CreateAdjustment, StatementAnswer, StatementWithLines } from './chargeback.dto.js';
import { fromApiAdjustment, toApi, toApiAdjustment, toApiLine } from './chargeback.mapping.js';

/** How long a request to close waits for the worker; after that it answers `closing`. */
const CLOSED_WITHIN_MS = 20_000;
const LINES_MAX = 10_000;

@Injectable()
export class ChargebackService {
  constructor(
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    private readonly jobs: JobQueues,
    private readonly database: PrismaClient,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The open statement of the period with its lines as of now. Nothing that someone must answer for: it can change. */
  async preview(organization: string, period: string): Promise<StatementWithLines> {
    const organizationId = await this.organizations.idOf(organization);
    return this.withLines(await previewStatement(this.pool, organizationId, period));
  }

  /** Closes the period: marked and audited here, carried out by the worker, answered when it is done. */
  async close(organization: string, period: string, write: Write): Promise<StatementWithLines> {
    const marked = await this.changes.inside(organization, write, async ({ organizationId }) => {
      const { id } = await beginClosing(this.pool, organizationId, period);
      return created('statement', { id, organizationId, period });
    });
    return this.withLines(await this.closed(marked));
  }

  async list(organization: string, query: ListQuery): Promise<Page<StatementAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) => listStatements(this.pool, organizationId, { after: id.gt, limit: order.take }),
      toApi,
    );
  }

  async get(organization: string, statement: string): Promise<StatementWithLines> {
    return this.withLines(await this.find(await this.organizations.idOf(organization), statement));
  }

  async csv(organization: string, statement: string): Promise<{ readonly name: string; readonly csv: Readable }> {
    const organizationId = await this.organizations.idOf(organization);
    const { id, period } = await this.find(organizationId, statement);
    const { slug } = await this.database.organization.findUniqueOrThrow({ where: { id: organizationId } });
    const csv = statementCsv({ id, period, organization: slug }, readLines(this.pool, id));
    return { name: `chargeback-${slug}-${period}-${id}.csv`, csv };
  }

  adjust(organization: string, statement: string, body: CreateAdjustment, write: Write): Promise<AdjustmentAnswer> {
    return this.changes.inside(organization, write, async ({ organizationId }) => {
      const { id } = await this.find(organizationId, statement);
      const adjustment = await addAdjustment(this.pool, { id, organizationId }, fromApiAdjustment(body));
      return created('adjustment', toApiAdjustment(adjustment));
    });
  }

  private async closed({ id, organizationId }: StatementId): Promise<Statement> {
    const look = (): Promise<Statement> => this.find(organizationId, id);
    const { status } = await look();
    const job: CloseStatementJob = { organizationId, statementId: id };
    if (status === 'closing') await this.jobs.add(QUEUES.closeStatement, id, job);
    return settled(look, (statement) => statement.status !== 'closing', CLOSED_WITHIN_MS, this.clock);
  }

  private async find(organizationId: string, id: string): Promise<Statement> {
    return found(isUuid(id) ? await findStatement(this.pool, { id, organizationId }) : null, id);
  }

  private async withLines(statement: Statement): Promise<StatementWithLines> {
    const lines: StatementWithLines['lines'] = [];
    for await (const line of readLines(this.pool, statement.id)) {
      if (lines.length === LINES_MAX) break;
      lines.push(toApiLine(line));
    }
    return { ...toApi(statement), lines };
  }
}
