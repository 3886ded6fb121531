import { Inject, Injectable } from '@nestjs/common';
import { uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import { type Action, actionOf, activeChecks, find, inOrder, strictest } from '#libs/guardrails';
import { Changes } from '../change/changes.js';
import { lookUp, requireFree } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated } from '../change/outcome.js';
import type { AdminConfig } from '../connections/config.js';
import { CONFIG } from '../connections/tokens.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { toJson } from '../http/json-column.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import type { Write } from '../http/write.js';
import { storedScope } from '../scope/stored-scope.js';
import { askServices } from './ask-services.js';
import type {
  CreateGuardrail,
  GuardrailAnswer,
  TestAnswer,
  TestGuardrails,
  UpdateGuardrail,
} from './guardrails.dto.js';
import { toApi, toUnscoped } from './guardrails.mapping.js';

const SPEAKER = { input: 'user', output: 'assistant' } as const;
const NOBODY = { teamPath: [], service: '', route: null };

@Injectable()
export class GuardrailsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    @Inject(CONFIG) private readonly config: AdminConfig,
  ) {}

  create(organization: string, body: CreateGuardrail, write: Write): Promise<GuardrailAnswer> {
    const { slug, applyTo, mode = 'enforce', checks, scope = {} } = body;
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      requireFree(await tx.guardrail.findFirst({ where: { organizationId, slug } }), slug);
      const stored = await storedScope(tx, organizationId, defined(scope), write.reach);
      const data = { id: uuidv7(), organizationId, slug, applyTo, mode, checks: toJson(checks), scope: stored };
      return created('guardrail', toApi(await tx.guardrail.create({ data })));
    });
  }

  async list(organization: string, query: ListQuery): Promise<Page<GuardrailAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) => this.database.guardrail.findMany({ where: { organizationId, id }, ...order }),
      toApi,
    );
  }

  async get(organization: string, guardrail: string): Promise<GuardrailAnswer> {
    return toApi(await findGuardrail(this.database, await this.organizations.idOf(organization), guardrail));
  }

  update(organization: string, guardrail: string, body: UpdateGuardrail, write: Write): Promise<GuardrailAnswer> {
    const { applyTo, mode, checks, scope } = body;
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await findGuardrail(tx, organizationId, guardrail);
      requireMatch(ifMatch, before);
      const stored = scope && (await storedScope(tx, organizationId, defined(scope), write.reach));
      const data = defined({ applyTo, mode, checks: checks && toJson(checks), scope: stored });
      const after = await tx.guardrail.update({ where: { id: before.id, organizationId }, data });
      return updated('guardrail', toApi(before), toApi(after));
    });
  }

  remove(organization: string, guardrail: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await findGuardrail(tx, organizationId, guardrail);
      requireMatch(ifMatch, row);
      await tx.guardrail.delete({ where: { id: row.id, organizationId } });
      return deleted('guardrail', toApi(row));
    });
  }

  /** What all guardrails of the organization together would do with a text, whatever their scopes. Nothing is kept. */
  async test(organization: string, { text, applyTo, author = SPEAKER[applyTo] }: TestGuardrails): Promise<TestAnswer> {
    const organizationId = await this.organizations.idOf(organization);
    const rows = await this.database.guardrail.findMany({ where: { organizationId }, orderBy: { id: 'asc' } });
    const active = activeChecks(rows.map(toUnscoped), applyTo, NOBODY);
    const located = [
      ...find(text, active, { at: applyTo, author, offset: 0 }),
      ...(await askServices(text, active, applyTo, this.config)),
    ].sort(inOrder);
    return {
      action: located.reduce<Action>((action, { record }) => strictest(action, actionOf(record)), 'allow'),
      findings: located.map(({ record: { at, ...found }, start, end }) => ({ dryRun: false, ...found, start, end })),
    };
  }
}

function findGuardrail(database: Prisma.TransactionClient, organizationId: string, guardrail: string) {
  return lookUp(organizationId, guardrail, (where) => database.guardrail.findFirst({ where }));
}
