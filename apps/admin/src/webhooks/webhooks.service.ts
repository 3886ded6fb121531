import { Inject, Injectable } from '@nestjs/common';
import { type Clock, uuidv7 } from '#libs/core';
import { type Prisma, PrismaClient } from '#libs/database';
import { newWebhookSecret } from '#libs/webhooks';
import { Changes } from '../change/changes.js';
import { lookUp, requireFree } from '../change/named.js';
import { Organizations } from '../change/organizations.js';
import { created, deleted, updated, withSecret } from '../change/outcome.js';
import type { AdminConfig } from '../connections/config.js';
import { CLOCK, CONFIG } from '../connections/tokens.js';
import { defined } from '../http/defined.js';
import { requireMatch } from '../http/etag.js';
import { type ListQuery, type Page, page } from '../http/list.js';
import { checkOutboundUrl } from '../http/outbound-url.js';
import type { Write } from '../http/write.js';
import { SealedSecrets } from '../provider-credentials/sealed-secrets.js';
import type { CreateWebhook, UpdateWebhook, WebhookAnswer, WebhookSecretAnswer } from './webhooks.dto.js';
import { toApi } from './webhooks.mapping.js';

/** How long the secret before goes on signing. */
const PREVIOUS_GOOD_FOR_MS = 24 * 3_600_000;

@Injectable()
export class WebhooksService {
  constructor(
    private readonly database: PrismaClient,
    private readonly organizations: Organizations,
    private readonly changes: Changes,
    private readonly secrets: SealedSecrets,
    @Inject(CONFIG) private readonly config: AdminConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  create(organization: string, body: CreateWebhook, write: Write): Promise<WebhookSecretAnswer> {
    const { slug, events, enabled = true } = body;
    return this.changes.inside(organization, write, async (change) => {
      const { tx, organizationId } = change;
      requireFree(await tx.webhook.findFirst({ where: { organizationId, slug } }), slug);
      const id = uuidv7();
      const url = this.checkedUrl(body.url);
      const secret = newWebhookSecret();
      const { sealedSecret } = await this.secrets.seal(change, id, secret);
      const data = { id, organizationId, slug, url, events, enabled, sealedSecret };
      return withSecret(created('webhook', toApi(await tx.webhook.create({ data }))), { secret });
    });
  }

  async list(organization: string, query: ListQuery): Promise<Page<WebhookAnswer>> {
    const organizationId = await this.organizations.idOf(organization);
    return page(
      query,
      ({ id, order }) => this.database.webhook.findMany({ where: { organizationId, id }, ...order }),
      toApi,
    );
  }

  async get(organization: string, webhook: string): Promise<WebhookAnswer> {
    return toApi(await findWebhook(this.database, await this.organizations.idOf(organization), webhook));
  }

  update(organization: string, webhook: string, body: UpdateWebhook, write: Write): Promise<WebhookAnswer> {
    const { events, enabled } = body;
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const before = await findWebhook(tx, organizationId, webhook);
      requireMatch(ifMatch, before);
      const url = body.url === undefined ? undefined : this.checkedUrl(body.url);
      const data = defined({ url, events, enabled });
      const after = await tx.webhook.update({ where: { id: before.id, organizationId }, data });
      return updated('webhook', toApi(before), toApi(after));
    });
  }

  /** A new secret; the one before signs too for 24 hours, so that the receiver can change without missing anything. */
  rotateSecret(organization: string, webhook: string, write: Write): Promise<WebhookSecretAnswer> {
    return this.changes.inside(organization, write, async (change) => {
      const { tx, organizationId, ifMatch } = change;
      const before = await findWebhook(tx, organizationId, webhook);
      requireMatch(ifMatch, before);
      const secret = newWebhookSecret();
      const { sealedSecret } = await this.secrets.seal(change, before.id, secret);
      const previousUntil = new Date(this.clock.now() + PREVIOUS_GOOD_FOR_MS);
      const after = await tx.webhook.update({
        where: { id: before.id, organizationId },
        data: { sealedSecret, sealedPreviousSecret: before.sealedSecret, previousUntil },
      });
      return withSecret(updated('webhook', toApi(before), toApi(after)), { secret });
    });
  }

  remove(organization: string, webhook: string, write: Write): Promise<void> {
    return this.changes.inside(organization, write, async ({ tx, organizationId, ifMatch }) => {
      const row = await findWebhook(tx, organizationId, webhook);
      requireMatch(ifMatch, row);
      await tx.webhook.delete({ where: { id: row.id, organizationId } });
      return deleted('webhook', toApi(row));
    });
  }

  private checkedUrl(url: string): string {
    return checkOutboundUrl(url, this.config, 'url').href;
  }
}

/** The webhook that a path names by slug or id, or not_found. */
export function findWebhook(database: Prisma.TransactionClient, organizationId: string, webhook: string) {
  return lookUp(organizationId, webhook, (where) => database.webhook.findFirst({ where }));
}
