import { TollgateError } from '#libs/core';
import type { Principal } from '#libs/identity';
import { worstCase } from '#libs/metering';
import { choose, type RoutingFacts } from '#libs/routing';
import type { LiveModel, LiveOrganization } from '../live/live.js';
import { pricedAt } from '../live/priced-at.js';
import { allowedModelsOf, endUserOf } from './acting.js';
import type { Ask } from './ask.js';
import type { CallDeps, Read, Routed } from './call.types.js';
import type { CallRecord } from './record.js';

/**
 * Principal and request → the models that may answer, first choice first. Throws what libs/routing's `choose` throws, and
 * `invalid_token` when the caller's organization is gone.
 */
export function route({ ask }: Read, principal: Principal, record: CallRecord, deps: CallDeps): Routed {
  const organization = deps.live().organizations.get(principal.organizationId);
  if (!organization) throw new TollgateError('invalid_token', 'The organization of this token is gone.');
  const choice = choose(
    organization.routing,
    allowedModelsOf(principal),
    factsOf(ask, principal, organization, record, deps),
  );
  const models = choice.candidates.map(({ model }) =>
    pricedAt(organization.models.get(model.slug) as LiveModel, record.atMs),
  );
  const unknownPrices = choice.route?.unknownPrices ?? organization.unknownPrices;
  return { organization, choice, models: unknownPrices === 'refuse' ? requirePrices(models, ask) : models };
}

/** Where calls without a known price are refused: the models that have one. Throws `model_not_allowed` when none has. */
function requirePrices(models: readonly LiveModel[], ask: Ask): readonly LiveModel[] {
  const priced = models.filter(({ prices }) => prices !== null);
  if (priced.length > 0) return priced;
  throw new TollgateError(
    'model_not_allowed',
    `No price is known for the model '${ask.model}', and calls without a known price are refused here.`,
  );
}

/** What routing may know of the call and of the moment. */
export function factsOf(
  ask: Ask,
  principal: Principal,
  organization: LiveOrganization,
  record: CallRecord,
  deps: CallDeps,
): RoutingFacts {
  const live = (slug: string): LiveModel => pricedAt(organization.models.get(slug) as LiveModel, record.atMs);
  return {
    requestedModel: ask.model,
    teamPath: principal.teamPath,
    service: principal.service,
    agent: principal.agent,
    user: endUserOf(principal, ask),
    session: record.session,
    surface: ask.surface,
    tags: record.tags,
    inputTokens: ask.size.tokens,
    outputTokens: ask.outputTokensWanted,
    needs: ask.needs,
    serves: ({ slug }) => ask.servedBy(live(slug)),
    droppedBy: ({ slug }) => ask.droppedBy(live(slug)),
    operation: ask.operation,
    costOf: (model) => {
      const { prices } = live(model.slug);
      return prices && worstCase(ask.size.tokens, ask.outputTokensMax(model.limits.maxOutputTokens), prices, ask.units);
    },
    firstTokenMs: (model) => deps.metrics.firstTokenMs(model.id),
    running: (model) => deps.metrics.running(model.id),
    nearlyExhausted: ({ id }) => deps.headroom.nearlyExhausted(id, ask.size.tokens, record.atMs),
    nowMs: record.atMs,
    random: Math.random,
  };
}
