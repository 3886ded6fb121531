import { CODES, formatUsd, type NanoUsd, TollgateError } from '#libs/core';
import { type ChatRequest, chatDialects, type DialectId, type JsonObject } from '#libs/dialects';
import { worstCase } from '#libs/metering';
import { dialectOf } from '#libs/providers';
import {
  consider,
  droppedFor,
  fitsAny,
  type Model,
  needsOf,
  nothingLeft,
  outputTokensMax,
  type RoutingFacts,
  servesChat,
  sizeOf,
} from '#libs/routing';
import { namesNothing } from '../../change/named.js';
import { invalidField } from '../../http/validation.js';
import type { HealthOf } from '../../models/model-healths.js';
import type { ExplainAnswer, ExplainRoute, RefusalAnswer } from './what-if.dto.js';
import type { World } from './world.js';

const SURFACE = 'openai-chat';

/**
 * What a route does with a request: the rule that decides, the candidates in their order, and why others fell out. Throws
 * invalid_request where the request is not one of its surface, not_found where the caller does not exist.
 */
export function explain(world: World, body: ExplainRoute, healthOf: HealthOf, nowMs: number): ExplainAnswer {
  const { route, table } = world;
  const caller = callerOf(world, body);
  const said = { model: route.slug, ...body.request } as JsonObject;
  const request = requestOf(route.slug, said, body.surface);
  const costOf = (model: Model): NanoUsd | null => costOn(model, request, world);
  const facts: RoutingFacts = {
    requestedModel: route.slug,
    teamPath: caller.teamPath,
    service: caller.service,
    agent: body.agent ?? null,
    user: body.user ?? request.endUser ?? null,
    session: body.session ?? null,
    surface: request.dialect,
    tags: body.tags ?? {},
    inputTokens: sizeOf(request).tokens,
    outputTokens: request.maxOutputTokens ?? 0,
    needs: needsOf(request),
    operation: 'chat',
    serves: (model) => {
      const provider = world.providerOf(model);
      return provider !== undefined && servesChat(provider, request.dialect);
    },
    droppedBy: (model) => droppedBy(model, request, said, world),
    costOf,
    firstTokenMs: ({ id }) => healthOf(id).firstTokenMs,
    running: () => 0,
    nearlyExhausted: () => false,
    nowMs: body.at === undefined ? nowMs : Date.parse(body.at),
    // With the same lot for all, what is drawn by weight stands by weight.
    random: () => 0.5,
  };
  const { rule, candidates, fallen } = consider(route, table, facts);
  const refusal =
    caller.refusal ??
    (candidates.length === 0 ? refusalOf(nothingLeft(facts, [...table.residency, ...route.residency], fallen)) : null);
  return {
    rule,
    strategy: route.strategy,
    estimatedInputTokens: facts.inputTokens,
    candidates: candidates.map(({ model, priority, weight }) => {
      const cost = costOf(model);
      const { slug, provider, region, id } = model;
      const estimatedCostUsd = cost === null ? null : formatUsd(cost);
      return { model: slug, provider, region, priority, weight, estimatedCostUsd, health: healthOf(id) };
    }),
    fallen: [...fallen],
    refusal,
  };
}

function requestOf(slug: string, body: JsonObject, surface = SURFACE): ChatRequest {
  const dialect = chatDialects[surface as DialectId];
  if (!dialect) throw invalidField('surface', 'is not a surface for chat');
  try {
    return dialect.decodeRequest(body, { model: slug, stream: false });
  } catch (error) {
    if (!(error instanceof TollgateError) || error.code !== 'invalid_request') throw error;
    throw invalidField(error.param === undefined ? 'request' : `request.${error.param}`, error.message);
  }
}

/** Nothing of a model that cannot be asked at all. */
function droppedBy(model: Model, request: ChatRequest, said: JsonObject, { providerOf }: World): readonly string[] {
  const provider = providerOf(model);
  const dialect = provider && chatDialects[dialectOf(provider, model.upstreamModel)];
  return dialect ? droppedFor({ model, provider, dialect }, request, said) : [];
}

function callerOf({ snapshot, route, teamPathOf }: World, { service, team }: ExplainRoute) {
  if ((service === undefined) === (team === undefined))
    throw invalidField('service', 'or team must be given, and not both');
  if (team !== undefined) {
    if (!snapshot.teams.some(({ slug }) => slug === team)) throw namesNothing('team', team);
    return { service: '', teamPath: teamPathOf(team), refusal: null };
  }
  const found = snapshot.services.find(({ slug, id }) => slug === service || id === service);
  if (!found) throw namesNothing('service', service ?? '');
  const allowed = fitsAny(found.allowedModels, route.slug);
  const refusal = new TollgateError(
    'model_not_allowed',
    `The service '${found.slug}' is not allowed to use '${route.slug}' (policy: allowedModels).`,
  );
  return { service: found.slug, teamPath: teamPathOf(found.team), refusal: allowed ? null : refusalOf(refusal) };
}

function costOn(model: Model, request: ChatRequest, { pricesOf }: World): NanoUsd | null {
  const prices = pricesOf(model);
  return prices && worstCase(sizeOf(request).tokens, outputTokensMax(request, model.limits.maxOutputTokens), prices);
}

const refusalOf = ({ code, message }: TollgateError): RefusalAnswer => ({ status: CODES[code].status, code, message });
