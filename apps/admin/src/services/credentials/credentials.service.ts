import { Inject, Injectable } from '@nestjs/common';
import { type Clock, isUuid, TollgateError, uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import type { Reach } from '../../access/reach.js';
import { Changes } from '../../change/changes.js';
import { found } from '../../change/named.js';
import { Organizations } from '../../change/organizations.js';
import { created, deleted, withSecret } from '../../change/outcome.js';
import { CLOCK } from '../../connections/tokens.js';
import { type ListQuery, type Page, page } from '../../http/list.js';
import { invalidField } from '../../http/validation.js';
import type { Write } from '../../http/write.js';
import { expiryOf } from '../expiry.js';
import { findService, findWorkingService } from '../services.service.js';
import type { CreateCredential, CreatedCredentialAnswer, CredentialAnswer } from './credentials.dto.js';
import { toApi } from './credentials.mapping.js';
import { newSecretCredential } from './new-credential.js';

/** Enough to rotate secrets and keys side by side; each is looked at when a token is asked for. */
const PER_SERVICE_MAX = 10;

/** What a service authenticates with at the issuer. Several are valid at once, so that rotation needs no gap. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  create(
    organization: string,
    service: string,
    body: CreateCredential,
    write: Write,
  ): Promise<CreatedCredentialAnswer> {
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      const owner = await findWorkingService(tx, organizationId, service, write.reach);
      const of = { organizationId, serviceId: owner.id };
      if ((await tx.serviceCredential.count({ where: of })) >= PER_SERVICE_MAX)
        throw new TollgateError('conflict', `A service has at most ${PER_SERVICE_MAX} credentials. Delete one first.`);
      const { secret, columns } = columnsOf(body);
      const row = await tx.serviceCredential.create({
        data: { ...columns, ...of, expiresAt: expiryOf(body.expiresAt, this.clock) },
      });
      const shown = { clientId: owner.clientId, ...(secret !== undefined && { clientSecret: secret }) };
      return withSecret(created('service-credential', toApi(row)), shown);
    });
  }

  async list(organization: string, service: string, query: ListQuery, reach: Reach): Promise<Page<CredentialAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    const { id: serviceId } = await findService(this.database, organizationId, service, reach);
    return page(
      query,
      ({ id, order }) =>
        this.database.serviceCredential.findMany({ where: { organizationId, serviceId, id }, ...order }),
      toApi,
    );
  }

  /** Tokens issued for it die with it, at every gateway. */
  remove(organization: string, service: string, credential: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId }) => {
      const { id: serviceId } = await findService(tx, organizationId, service, write.reach);
      const where = { organizationId, serviceId, id: credential };
      const row = found(isUuid(credential) ? await tx.serviceCredential.findFirst({ where }) : null, credential);
      await tx.serviceCredential.delete({ where });
      return deleted('service-credential', toApi(row));
    });
  }
}

function columnsOf({ kind, jwks }: CreateCredential) {
  if (kind === 'jwks' && !jwks) throw invalidField('jwks', 'is needed for this kind');
  if (kind === 'secret' && jwks) throw invalidField('jwks', 'must not be given for this kind');
  if (jwks) return { columns: { id: uuidv7(), kind: 'jwks', jwks: jwks as unknown as Prisma.InputJsonObject } };
  const { secret, ...columns } = newSecretCredential();
  return { secret, columns };
}
