import { Inject, Injectable } from '@nestjs/common';
import { TollgateError, uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import { type Provider, problemWithCredential, providers, type StoredCredential } from '#libs/providers';
import { Changes } from '../change/changes.js';
import { requireUnused, SLUG_ONLY, slugsOf } from '../change/in-use.js';
import { lookUp, lookUpTop, requireFree } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated } from '../change/outcome.js';
import type { AdminConfig } from '../connections/config.js';
import { CONFIG } from '../connections/tokens.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import { invalidField } from '../http/validation.js';
import type { Write } from '../http/write.js';
import { checkBaseUrl } from './base-url.js';
import { type ProbeResult, probe } from './probe.js';
import type {
  CreateProviderCredential,
  ProviderCredentialAnswer,
  UpdateProviderCredential,
} from './provider-credentials.dto.js';
import { toApi } from './provider-credentials.mapping.js';
import { SealedSecrets } from './sealed-secrets.js';

@Injectable()
export class ProviderCredentialsService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    private readonly secrets: SealedSecrets,
    @Inject(CONFIG) private readonly config: AdminConfig,
  ) {}

  create(organization: string, body: CreateProviderCredential, write: Write): Promise<ProviderCredentialAnswer> {
    const { slug, provider, region = null, weight = 1 } = body;
    return this.changes.inside(organization, write, async (change) => {
      const { tx, organizationId } = change;
      requireFree(await tx.providerCredential.findFirst({ where: { organizationId, slug } }), slug);
      const id = uuidv7();
      const baseUrl = this.checkedUrl(body.baseUrl ?? null);
      requireUsable(provider, { secret: body.secret, baseUrl, region });
      const sealed = await this.secrets.seal(change, id, body.secret);
      const data = { id, organizationId, slug, provider, ...sealed, baseUrl, region, weight };
      return created('provider-credential', toApi(await tx.providerCredential.create({ data })));
    });
  }

  async list(organization: string, query: ListQuery): Promise<Page<ProviderCredentialAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) => this.database.providerCredential.findMany({ where: { organizationId, id }, ...order }),
      toApi,
    );
  }

  async get(organization: string, credential: string): Promise<ProviderCredentialAnswer> {
    return toApi(await findCredential(this.database, await this.organizations.idOf(organization), credential));
  }

  update(
    organization: string,
    credential: string,
    body: UpdateProviderCredential,
    write: Write,
  ): Promise<ProviderCredentialAnswer> {
    const { secret, baseUrl, region, weight } = body;
    return this.changes.inside(organization, write, async (change) => {
      const { tx, organizationId, ifMatch } = change;
      const before = await findCredential(tx, organizationId, credential);
      requireMatch(ifMatch, before);
      const data = defined({ baseUrl: baseUrl === undefined ? undefined : this.checkedUrl(baseUrl), region, weight });
      requireUsable(before.provider, {
        ...before,
        ...data,
        secret: secret ?? (await this.secrets.open(change, before.id, before.sealedSecret)),
      });
      const sealed = secret === undefined ? {} : await this.secrets.seal(change, before.id, secret);
      const after = await tx.providerCredential.update({
        where: { id: before.id, organizationId },
        data: { ...data, ...sealed },
      });
      return updated('provider-credential', toApi(before), toApi(after));
    });
  }

  remove(organization: string, credential: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await findCredential(tx, organizationId, credential);
      requireMatch(ifMatch, row);
      const where = { organizationId, credentialId: row.id };
      requireUnused(`provider credential "${row.slug}"`, [
        ['model', await slugsOf(tx.model.findMany({ where, select: SLUG_ONLY }))],
      ]);
      await tx.providerCredential.delete({ where: { id: row.id, organizationId } });
      return deleted('provider-credential', toApi(row));
    });
  }

  /** A tiny real call to the provider. Its failure is the answer, not an error. */
  async test(organization: string, credential: string): Promise<ProbeResult> {
    const owner = await lookUpTop(organization, (where) => this.database.organization.findFirst({ where }));
    const row = await findCredential(this.database, owner.id, credential);
    const provider = providers.get(row.provider);
    if (!provider) throw new TollgateError('conflict', 'The provider of this credential is not known any more.');
    const { wrappedDataKey } = owner;
    const secret = await this.secrets.open({ organizationId: owner.id, wrappedDataKey }, row.id, row.sealedSecret);
    const { allowPrivateUpstreams } = this.config;
    const baseUrl = this.checkedUrl(row.baseUrl);
    return probe({ provider, credential: { secret, baseUrl, region: row.region }, allowPrivateUpstreams });
  }

  private checkedUrl(baseUrl: string | null): string | null {
    return baseUrl === null ? null : checkBaseUrl(baseUrl, this.config);
  }
}

/** Throws invalid_request for a credential that its provider could not use. */
function requireUsable(providerId: string, credential: StoredCredential): void {
  const provider: Provider | undefined = providers.get(providerId);
  const problem = provider && problemWithCredential(provider, credential);
  if (problem) throw invalidField(problem.field, problem.message);
}

function findCredential(database: Prisma.TransactionClient, organizationId: string, credential: string) {
  return lookUp(organizationId, credential, (where) => database.providerCredential.findFirst({ where }));
}
