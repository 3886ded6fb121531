import { Injectable } from '@nestjs/common';
import { isUuid, uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import type { Reach } from '../access/reach.js';
import { Changes } from '../change/changes.js';
import { found } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated } from '../change/outcome.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import { invalidFields } from '../http/validation.js';
import type { Write } from '../http/write.js';
import { requireScopeInReach, scopesInReach } from '../scope/scope-reach.js';
import { storedScope } from '../scope/stored-scope.js';
import type { CreateRateLimit, RateLimitAnswer, UpdateRateLimit } from './rate-limits.dto.js';
import { toApi } from './rate-limits.mapping.js';

const LIMITS = ['requestsPerMinute', 'tokensPerMinute', 'maxConcurrency'] as const;

@Injectable()
export class RateLimitsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
  ) {}

  create(organization: string, body: CreateRateLimit, write: Write): Promise<RateLimitAnswer> {
    const { requestsPerMinute = null, tokensPerMinute = null, maxConcurrency = null } = body;
    const limits = { requestsPerMinute, tokensPerMinute, maxConcurrency };
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      requireOne(limits);
      const scope = await storedScope(tx, organizationId, defined(body.scope), write.reach);
      await requireScopeInReach(tx, organizationId, scope as Prisma.JsonObject, write.reach);
      const row = await tx.rateLimit.create({ data: { id: uuidv7(), organizationId, scope, ...limits } });
      return created('rate-limit', toApi(row));
    });
  }

  async list(organization: string, query: ListQuery, reach: Reach): Promise<Page<RateLimitAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    const visible = await scopesInReach(this.database, 'rate_limits', organizationId, reach);
    return page(
      query,
      ({ id, order }) => this.database.rateLimit.findMany({ where: { organizationId, id, ...visible }, ...order }),
      toApi,
    );
  }

  async get(organization: string, rateLimit: string, reach: Reach): Promise<RateLimitAnswer> {
    return toApi(await findRateLimit(this.database, await this.organizations.idOf(organization), rateLimit, reach));
  }

  update(organization: string, rateLimit: string, body: UpdateRateLimit, write: Write): Promise<RateLimitAnswer> {
    const { scope, requestsPerMinute, tokensPerMinute, maxConcurrency } = body;
    const limits = defined({ requestsPerMinute, tokensPerMinute, maxConcurrency });
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await findRateLimit(tx, organizationId, rateLimit, write.reach);
      await requireScopeInReach(tx, organizationId, before.scope, write.reach);
      requireMatch(ifMatch, before);
      requireOne({ ...before, ...limits });
      const stored = scope && (await storedScope(tx, organizationId, defined(scope), write.reach));
      if (stored) await requireScopeInReach(tx, organizationId, stored as Prisma.JsonObject, write.reach);
      const data = { ...limits, ...(stored && { scope: stored }) };
      const after = await tx.rateLimit.update({ where: { id: before.id, organizationId }, data });
      return updated('rate-limit', toApi(before), toApi(after));
    });
  }

  remove(organization: string, rateLimit: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await findRateLimit(tx, organizationId, rateLimit, write.reach);
      await requireScopeInReach(tx, organizationId, row.scope, write.reach);
      requireMatch(ifMatch, row);
      await tx.rateLimit.delete({ where: { id: row.id, organizationId } });
      return deleted('rate-limit', toApi(row));
    });
  }
}

/** Rate limits have no slug. */
async function findRateLimit(database: Prisma.TransactionClient, organizationId: string, id: string, reach: Reach) {
  const visible = await scopesInReach(database, 'rate_limits', organizationId, reach);
  const where = { organizationId, id, ...visible };
  return found(isUuid(id) ? await database.rateLimit.findFirst({ where }) : null, id);
}

function requireOne(limits: Readonly<Record<(typeof LIMITS)[number], number | null>>): void {
  if (LIMITS.some((limit) => limits[limit] !== null)) return;
  throw invalidFields(LIMITS.map((field) => ({ field, message: `must be given, or one of ${LIMITS.join(', ')}` })));
}
