import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { type Clock, isUuid } from '#libs/core';
import {
  findReconciliation,
  listReconciliations,
  type Reconciliation,
  type ReconciliationId,
  readReconciliationLines,
  reconciliationCsv,
  uploadExport,
} from '#libs/ledger';
import { QUEUES, type ReconcileJob } from '#libs/messages';
import { Changes } from '../../change/changes.js';
import { found } from '../../change/named.js';
import { Organizations } from '../../change/organizations.js';
import { created } from '../../change/outcome.js';
import { CLOCK, POOL } from '../../connections/tokens.js';
import { type ListQuery, type Page, page } from '../../http/list.js';
import type { Upload } from '../../http/upload.js';
import { invalidField, validationPipe } from '../../http/validation.js';
import type { Write } from '../../http/write.js';
import { JobQueues } from '../../jobs/job-queues.js';
import { settled } from '../../jobs/settled.js';
import {
  CreateReconciliation,
  type LinesQuery,
  type ReconciliationAnswer,
  type ReconciliationQuery,
  type ReconciliationWithLines,
} from './reconciliations.dto.js';
import { toApi, toApiLine, toParameters } from './reconciliations.mapping.js';

/** How long an upload waits for the worker; after that it answers `waiting` or `running`. */
const DONE_WITHIN_MS = 10_000;
const LINES_MAX = 10_000;

@Injectable()
export class ReconciliationsService {
  private readonly validation = validationPipe();

  constructor(
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    private readonly jobs: JobQueues,
    @Inject(POOL) private readonly pool: Pool,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes the file in as it arrives, has the worker hold it against the ledger, and answers when that is done. */
  async create(
    organization: string,
    query: ReconciliationQuery,
    upload: Upload,
    write: Write,
  ): Promise<ReconciliationWithLines> {
    const organizationId = await this.organizations.idOf(organization);
    const { fields, file } = await upload.open();
    const body = await this.checked({ ...query, ...fields });
    const parameters = toParameters(body);
    const uploaded = await uploadExport(this.pool, { organizationId, kind: body.kind, parameters }, file);
    const { id } = await this.changes.inside(organization, write, async () => {
      return created('reconciliation', toApi(uploaded));
    });
    return this.withLines(await this.done({ id, organizationId }), {});
  }

  async list(organization: string, query: ListQuery): Promise<Page<ReconciliationAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) => listReconciliations(this.pool, organizationId, { after: id.gt, limit: order.take }),
      toApi,
    );
  }

  async get(organization: string, reconciliation: string, query: LinesQuery): Promise<ReconciliationWithLines> {
    const organizationId = await this.organizations.idOf(organization);
    return this.withLines(await this.find(organizationId, reconciliation), query);
  }

  async csv(
    organization: string,
    reconciliation: string,
    query: LinesQuery,
  ): Promise<{ readonly name: string; readonly csv: Readable }> {
    const organizationId = await this.organizations.idOf(organization);
    const { id, kind } = await this.find(organizationId, reconciliation);
    return {
      name: `reconciliation-${kind}-${id}.csv`,
      csv: reconciliationCsv(id, readReconciliationLines(this.pool, id, query)),
    };
  }

  private async checked({ kind, parameters }: Readonly<Record<string, unknown>>): Promise<CreateReconciliation> {
    const plain = { ...parsed(parameters), kind };
    return this.validation.transform(plain, { type: 'body', metatype: CreateReconciliation });
  }

  private async done(identity: ReconciliationId): Promise<Reconciliation> {
    const { id, organizationId } = identity;
    const look = (): Promise<Reconciliation> => this.find(organizationId, id);
    const isDone = ({ status }: Reconciliation): boolean => status === 'done' || status === 'failed';
    const job: ReconcileJob = { organizationId, reconciliationId: id };
    if (!isDone(await look())) await this.jobs.add(QUEUES.reconcile, id, job);
    return settled(look, isDone, DONE_WITHIN_MS, this.clock);
  }

  private async find(organizationId: string, id: string): Promise<Reconciliation> {
    return found(isUuid(id) ? await findReconciliation(this.pool, { id, organizationId }) : null, id);
  }

  private async withLines(reconciliation: Reconciliation, { outcome }: LinesQuery): Promise<ReconciliationWithLines> {
    const lines: ReconciliationWithLines['lines'] = [];
    const all = readReconciliationLines(this.pool, reconciliation.id, { outcome, limit: LINES_MAX });
    for await (const line of all) lines.push(toApiLine(line));
    return { ...toApi(reconciliation), lines };
  }
}

function parsed(parameters: unknown): object {
  if (parameters === undefined) return {};
  try {
    const value: unknown = JSON.parse(String(parameters));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Not JSON: said below.
  }
  throw invalidField('parameters', 'must be a JSON object');
}
