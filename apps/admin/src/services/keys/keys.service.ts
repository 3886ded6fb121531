import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isUuid, TollgateError, uuidv7 } from '#libs/core';
import { PrismaClient } from '#libs/database';
import { newGatewayKey } from '#libs/identity';
import type { Reach } from '../../access/reach.js';
import { Changes } from '../../change/changes.js';
import { found } from '../../change/named.js';
import { Organizations } from '../../change/organizations.js';
import { created, deleted, withSecret } from '../../change/outcome.js';
import { CLOCK } from '../../connections/tokens.js';
import { type ListQuery, type Page, page } from '../../http/list.js';
import type { Write } from '../../http/write.js';
import { expiryOf } from '../expiry.js';
import { findService, findWorkingService } from '../services.service.js';
import type { CreatedKeyAnswer, CreateKey, KeyAnswer } from './keys.dto.js';
import { toApi } from './keys.mapping.js';

const PER_SERVICE_MAX = 100;

/** Gateway keys: for clients that cannot fetch tokens. Stored hashed, shown once. */
@Injectable()
export class KeysService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  create(organization: string, service: string, body: CreateKey, write: Write): Promise<CreatedKeyAnswer> {
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      const { id: serviceId } = await findWorkingService(tx, organizationId, service, write.reach);
      const of = { organizationId, serviceId };
      if ((await tx.gatewayKey.count({ where: of })) >= PER_SERVICE_MAX)
        throw new TollgateError('conflict', `A service has at most ${PER_SERVICE_MAX} keys. Delete one first.`);
      const { key, hash, prefix } = newGatewayKey();
      const expiresAt = expiryOf(body.expiresAt, this.clock);
      const { name, allowedModels = [], ipRanges = [] } = body;
      const row = await tx.gatewayKey.create({
        data: { id: uuidv7(), ...of, name, hash, prefix, allowedModels, ipRanges, expiresAt },
      });
      return withSecret(created('gateway-key', toApi(row)), { key });
    });
  }

  async list(organization: string, service: string, query: ListQuery, reach: Reach): Promise<Page<KeyAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    const { id: serviceId } = await findService(this.database, organizationId, service, reach);
    return page(
      query,
      ({ id, order }) => this.database.gatewayKey.findMany({ where: { organizationId, serviceId, id }, ...order }),
      toApi,
    );
  }

  remove(organization: string, service: string, key: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      const { id: serviceId } = await findService(tx, organizationId, service, write.reach);
      const where = { organizationId, serviceId, id: key };
      const row = found(isUuid(key) ? await tx.gatewayKey.findFirst({ where }) : null, key);
      await tx.gatewayKey.delete({ where });
      return deleted('gateway-key', toApi(row));
    });
  }
}
