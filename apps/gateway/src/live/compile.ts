import { chatDialects } from '#libs/dialects';
import { pricesFromWire } from '#libs/metering';
import { providers } from '#libs/providers';
import { compileQuota } from '#libs/quota';
import { routingTable } from '#libs/routing';
import type { OrganizationSnapshot, SnapshotModel } from '#libs/snapshot';
import { type MasterKey, open, openDataKey } from '#libs/vault';
import type { LiveModel, LiveOrganization } from './live.js';

/**
 * Opens secrets and prepares what a call needs of one organization. A model whose provider this version does not know, or
 * that has no base URL, is left out: routes then pass it over as missing. Throws when the data key cannot be opened.
 */
export async function compileOrganization(
  snapshot: OrganizationSnapshot,
  masterKey: MasterKey,
): Promise<LiveOrganization> {
  const dataKey = await openDataKey(masterKey, snapshot.wrappedDataKey, snapshot.organizationId);
  const credentials = new Map(
    snapshot.providerCredentials.map((credential) => [
      credential.slug,
      { baseUrl: credential.baseUrl, secret: open(dataKey, credential.id, credential.sealedSecret) },
    ]),
  );
  const models = new Map<string, LiveModel>();
  for (const model of snapshot.models) {
    const live = liveModel(model, credentials.get(model.credential));
    if (live) models.set(model.slug, live);
  }
  return {
    id: snapshot.organizationId,
    slug: snapshot.organization,
    version: snapshot.version,
    routing: routingTable(
      snapshot.routes,
      [...models.values()].map(({ model }) => model),
    ),
    models,
    quota: compileQuota(snapshot.rateLimits, snapshot.budgets),
    guardrails: snapshot.guardrails,
  };
}

function liveModel(
  model: SnapshotModel,
  credential: { readonly baseUrl: string | null; readonly secret: string } | undefined,
): LiveModel | null {
  const provider = providers.get(model.provider);
  const dialect = provider && chatDialects[provider.dialect];
  const baseUrl = credential?.baseUrl ?? provider?.baseUrl;
  if (!provider || !dialect || !credential || !baseUrl) return null;
  return {
    model,
    provider,
    dialect,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    secret: credential.secret,
    prices: model.prices === null ? null : pricesFromWire(model.prices),
  };
}
