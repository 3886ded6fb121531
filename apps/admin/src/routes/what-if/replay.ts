import { formatUsd, type NanoUsd } from '#libs/core';
import { chatDialects } from '#libs/dialects';
import type { RouteCall } from '#libs/ledger';
import { costOf, totalInput, totalOutput } from '#libs/metering';
import { consider, lotOf, type Model, type RoutingFacts, servesChat } from '#libs/routing';
import type { HealthOf } from '../../models/model-healths.js';
import type { SimulateAnswer } from './what-if.dto.js';
import type { World } from './world.js';

interface Sums {
  callsBefore: number;
  callsAfter: number;
  costBefore: NanoUsd;
  costAfter: NanoUsd;
}

/** A record does not say what its request contained: a replayed call can be taken, and told, to any model that is large enough. */
const UNKNOWN_NEEDS = { vision: false, tools: false, jsonSchema: false, audio: false, reasoning: false };

/**
 * Puts recorded calls to a route as it would be, and keeps sums only, so that it does not matter how many there are. A call
 * that stays with its model keeps its recorded cost; one that moves is priced anew from its recorded tokens. What is drawn by
 * lot is drawn from the call's id: the same replay has the same outcome. What came from the cache, and what no model answered,
 * stays as it was.
 */
export class Replay {
  private calls = 0;
  private moved = 0;
  private withoutCandidate = 0;
  private unpriced = 0;
  private readonly models = new Map<string | null, Sums>();

  constructor(
    private readonly world: World,
    private readonly healthOf: HealthOf,
  ) {}

  add(call: RouteCall): void {
    this.calls += 1;
    const before = this.sumsOf(call.model);
    before.callsBefore += 1;
    before.costBefore += call.costNanoUsd;
    const replayed = call.model !== null && !call.cached;
    const chosen = replayed ? this.choose(call) : null;
    if (!replayed || chosen?.slug === call.model) this.stays(call);
    else if (chosen) this.moves(call, chosen);
    else this.refused();
  }

  /** `from`: the beginning of what was replayed. */
  result(from: Date): SimulateAnswer {
    const all = [...this.models].map(([model, sums]) => ({ model, ...sums }));
    const total = (pick: (sums: Sums) => NanoUsd): string => formatUsd(all.reduce((sum, each) => sum + pick(each), 0n));
    return {
      calls: this.calls,
      moved: this.moved,
      withoutCandidate: this.withoutCandidate,
      unpriced: this.unpriced,
      costBeforeUsd: total(({ costBefore }) => costBefore),
      costAfterUsd: total(({ costAfter }) => costAfter),
      models: all
        .toSorted((a, b) => (a.model ?? '').localeCompare(b.model ?? ''))
        .map(({ model, callsBefore, callsAfter, costBefore, costAfter }) => ({
          model,
          callsBefore,
          callsAfter,
          costBeforeUsd: formatUsd(costBefore),
          costAfterUsd: formatUsd(costAfter),
        })),
      from,
    };
  }

  private stays(call: RouteCall): void {
    const sums = this.sumsOf(call.model);
    sums.callsAfter += 1;
    sums.costAfter += call.costNanoUsd;
  }

  private refused(): void {
    this.withoutCandidate += 1;
    this.sumsOf(null).callsAfter += 1;
  }

  private moves(call: RouteCall, model: Model): void {
    this.moved += 1;
    const prices = this.world.pricesOf(model);
    if (prices === null) this.unpriced += 1;
    const sums = this.sumsOf(model.slug);
    sums.callsAfter += 1;
    if (prices !== null) sums.costAfter += costOf(call.tokens, prices);
  }

  private choose(call: RouteCall): Model | null {
    return consider(this.world.route, this.world.table, this.factsOf(call)).candidates[0]?.model ?? null;
  }

  private factsOf(call: RouteCall): RoutingFacts {
    const { world } = this;
    let draw = 0;
    return {
      requestedModel: world.route.slug,
      teamPath: world.teamPathOf(call.team),
      service: call.service,
      agent: call.agent,
      user: call.endUser,
      session: call.session,
      surface: call.surface,
      tags: call.tags,
      inputTokens: totalInput(call.tokens),
      outputTokens: totalOutput(call.tokens),
      needs: UNKNOWN_NEEDS,
      operation: 'chat',
      serves: (model) => {
        const provider = world.providerOf(model);
        return provider !== undefined && (!(call.surface in chatDialects) || servesChat(provider, call.surface));
      },
      droppedBy: () => [],
      costOf: (model) => {
        const prices = world.pricesOf(model);
        return prices && costOf(call.tokens, prices);
      },
      firstTokenMs: ({ id }) => this.healthOf(id).firstTokenMs,
      running: () => 0,
      nearlyExhausted: () => false,
      nowMs: call.atMs,
      random: () => lotOf(call.callId, { id: String(draw++) }),
    };
  }

  private sumsOf(model: string | null): Sums {
    let sums = this.models.get(model);
    if (!sums) {
      sums = { callsBefore: 0, callsAfter: 0, costBefore: 0n, costAfter: 0n };
      this.models.set(model, sums);
    }
    return sums;
  }
}
