import { chatDialects } from '#libs/dialects';
import { pricesFromWire } from '#libs/metering';
import { type AuthDeps, dialectOf, openAccess, providers, type StoredCredential } from '#libs/providers';
import { compileQuota } from '#libs/quota';
import { routingTable } from '#libs/routing';
import type { OrganizationSnapshot, SnapshotModel } from '#libs/snapshot';
import { type MasterKey, open, openDataKey } from '#libs/vault';
import type { LiveModel, LiveOrganization } from './live.js';

/**
 * Opens secrets and prepares what a call needs of one organization. A model whose provider this version does not know, or
 * whose credential does not do for it, is left out: routes then pass it over as missing. Throws when the data key cannot be
 * opened.
 */
export async function compileOrganization(
  snapshot: OrganizationSnapshot,
  masterKey: MasterKey,
  auth: AuthDeps,
): Promise<LiveOrganization> {
  const dataKey = await openDataKey(masterKey, snapshot.wrappedDataKey, snapshot.organizationId);
  const credentials = new Map(
    snapshot.providerCredentials.map(({ slug, id, baseUrl, region, sealedSecret }) => [
      slug,
      { baseUrl, region, secret: open(dataKey, id, sealedSecret) },
    ]),
  );
  const models = new Map<string, LiveModel>();
  for (const model of snapshot.models) {
    const live = liveModel(model, credentials.get(model.credential), auth);
    if (live) models.set(model.slug, live);
  }
  return {
    id: snapshot.organizationId,
    slug: snapshot.organization,
    version: snapshot.version,
    routing: routingTable(
      snapshot.routes,
      [...models.values()].map(({ model }) => model),
      {
        residency: snapshot.residency ?? [],
        credentialWeights: new Map(snapshot.providerCredentials.map(({ slug, weight }) => [slug, weight])),
      },
    ),
    models,
    unknownPrices: snapshot.unknownPrices ?? 'book-zero',
    quota: compileQuota(snapshot.rateLimits, snapshot.budgets),
    guardrails: snapshot.guardrails,
    invalidations: snapshot.cacheInvalidations ?? {},
  };
}

function liveModel(model: SnapshotModel, credential: StoredCredential | undefined, auth: AuthDeps): LiveModel | null {
  const provider = providers.get(model.provider);
  const dialect = provider && chatDialects[dialectOf(provider, model.upstreamModel)];
  const access = provider && credential && openAccess(provider, credential, auth);
  if (!provider || !dialect || !access) return null;
  return {
    model,
    provider,
    dialect,
    access,
    prices: model.prices === null ? null : pricesFromWire(model.prices),
    priceSchedule: (model.priceSchedule ?? []).map(({ fromMs, prices }) => ({
      fromMs,
      prices: pricesFromWire(prices),
    })),
  };
}
