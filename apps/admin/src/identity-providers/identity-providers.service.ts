import { Inject, Injectable } from '@nestjs/common';
import { type Clock, uuidv7 } from '#libs/core';
import { type IdentityProvider, type Prisma, PrismaClient } from '#libs/database';
import type { ExternalKey } from '#libs/identity';
import { type Change, Changes } from '../change/changes.js';
import { requireUnused } from '../change/in-use.js';
import { lookUp, requireFree } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated } from '../change/outcome.js';
import type { AdminConfig } from '../connections/config.js';
import { CLOCK, CONFIG } from '../connections/tokens.js';
import { requireMatch } from '../http/etag.js';
import { toJson, toNullableJson } from '../http/json-column.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import { invalidField } from '../http/validation.js';
import type { Write } from '../http/write.js';
import { adminUrlOf, Issuer } from '../issuer/index.js';
import { countOwners, lastOwner } from '../members/owners.js';
import { endSessions } from '../members/sessions.js';
import { checkBaseUrl } from '../provider-credentials/base-url.js';
import { SealedSecrets } from '../provider-credentials/sealed-secrets.js';
import { servicesActingFor } from '../services/acts-for.js';
import { requireOwnAudiences, storedMappings, storedRules } from './checks.js';
import type {
  CreateIdentityProvider,
  IdentityProviderAnswer,
  SignInBody,
  UpdateIdentityProvider,
} from './identity-providers.dto.js';
import { toApi } from './identity-providers.mapping.js';
import { KeysUnreadable, readKeys } from './read-keys.js';
import type { StoredSignIn } from './stored.js';

const SCOPES = ['openid', 'email', 'profile'];

/** Which issuers an organization trusts, for its services and for its people. */
@Injectable()
export class IdentityProvidersService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    private readonly secrets: SealedSecrets,
    @Inject(Issuer) private readonly ownIssuer: Issuer,
    @Inject(CONFIG) private readonly config: Pick<AdminConfig, 'allowPrivateUpstreams'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Reads its keys first: an issuer that cannot be found is refused here, and not when the first token arrives. */
  async create(organization: string, body: CreateIdentityProvider, write: Write): Promise<IdentityProviderAnswer> {
    const { slug, name, services = [], signIn = null } = body;
    const issuer = this.checkedIssuer(body.issuer);
    const keys = await this.keysOf(issuer);
    return this.changes.inside(organization, write, async (change) => {
      const { tx, organizationId } = change;
      requireFree(await tx.identityProvider.findFirst({ where: { organizationId, slug } }), slug);
      const id = uuidv7();
      const rules = await storedRules(tx, organizationId, services);
      await requireOwnAudiences(tx, organizationId, issuer, rules);
      const row = await tx.identityProvider.create({
        data: {
          ...{ id, organizationId, slug, name, issuer },
          services: toJson(rules),
          ...(signIn && (await this.signInColumns(change, id, signIn))),
          jwks: toJson({ keys }),
          jwksReadAt: new Date(this.clock.now()),
        },
      });
      return created('identity-provider', this.toApi(row));
    });
  }

  async list(organization: string, query: ListQuery): Promise<Page<IdentityProviderAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) => this.database.identityProvider.findMany({ where: { organizationId, id }, ...order }),
      (row) => this.toApi(row),
    );
  }

  async get(organization: string, provider: string): Promise<IdentityProviderAnswer> {
    return this.toApi(await findProvider(this.database, await this.organizations.idOf(organization), provider));
  }

  update(
    organization: string,
    provider: string,
    { name, services, signIn }: UpdateIdentityProvider,
    write: Write,
  ): Promise<IdentityProviderAnswer> {
    return this.changes.inside(organization, write, async (change) => {
      const { tx, organizationId } = change;
      const before = await findProvider(tx, organizationId, provider);
      requireMatch(write.ifMatch, before);
      const rules = services && (await storedRules(tx, organizationId, services));
      if (rules) await requireOwnAudiences(tx, organizationId, before.issuer, rules);
      const after = await tx.identityProvider.update({
        where: { id: before.id, organizationId },
        data: {
          ...(name !== undefined && { name }),
          ...(rules && { services: toJson(rules) }),
          ...(signIn && (await this.signInColumns(change, before.id, signIn))),
          ...(signIn === null && { signIn: toNullableJson(null), sealedClientSecret: null }),
        },
      });
      return updated('identity-provider', this.toApi(before), this.toApi(after));
    });
  }

  /** Whoever came through it is signed out and loses the roles that it gave. */
  remove(organization: string, provider: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async (change) => {
      const { tx, organizationId } = change;
      const row = await findProvider(tx, organizationId, provider);
      requireMatch(write.ifMatch, row);
      requireUnused(`identity provider "${row.slug}"`, [
        await servicesActingFor(tx, organizationId, 'identity-provider', row.slug),
      ]);
      const members = await tx.member.findMany({ where: { organizationId, identityProviderId: row.id } });
      const owners = await countOwners(tx, organizationId);
      await tx.roleBinding.deleteMany({ where: { mapped: true, memberId: { in: members.map(({ id }) => id) } } });
      if (owners > 0 && (await countOwners(tx, organizationId)) === 0) throw lastOwner();
      for (const { id } of members) await endSessions(tx, id, this.clock.now());
      await tx.identityProvider.delete({ where: { id: row.id, organizationId } });
      return deleted('identity-provider', this.toApi(row));
    });
  }

  private checkedIssuer(text: string): string {
    const issuer = checkBaseUrl(text, this.config, 'issuer');
    if (issuer === this.ownIssuer.url) throw invalidField('issuer', 'is our own, whose tokens are accepted anyway');
    // The issuer is compared letter by letter with what tokens say: a slash at the end belongs to it.
    return text;
  }

  private async keysOf(issuer: string): Promise<ExternalKey[]> {
    try {
      return await readKeys(issuer, this.config.allowPrivateUpstreams);
    } catch (cause) {
      if (cause instanceof KeysUnreadable) throw invalidField('issuer', cause.message);
      throw cause;
    }
  }

  private async signInColumns({ tx, ...owner }: Change, id: string, body: SignInBody) {
    const { clientId, clientSecret, scopes = SCOPES, groupsClaim = 'groups', roles } = body;
    const mappings = await storedMappings(tx, owner.organizationId, roles);
    const signIn: StoredSignIn = { clientId, scopes, groupsClaim, roles: mappings };
    const secret = clientSecret === undefined ? null : await this.secrets.seal(owner, id, clientSecret);
    return { signIn: toJson(signIn), ...(secret && { sealedClientSecret: secret.sealedSecret }) };
  }

  private toApi(row: IdentityProvider): IdentityProviderAnswer {
    return toApi(row, adminUrlOf(this.ownIssuer.url));
  }
}

function findProvider(database: Prisma.TransactionClient, organizationId: string, provider: string) {
  return lookUp(organizationId, provider, (where) => database.identityProvider.findFirst({ where }));
}
