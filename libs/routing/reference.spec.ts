import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose, lotOf, type Model, type Route, type RoutingFacts, routingTable, type Target } from './index.js';

/*
 * The rules of routing once more, as slowly and plainly as they can be said: regular expressions for wildcards, one rule at a
 * time, selection of the first by scanning. Random routes and requests must come out the same.
 */

const NAMES = ['a', 'ab', 'b', 'team-x', 'sum'] as const;
const REGIONS = [null, 'eu', 'eu-west-1', 'europe', 'us', 'us-east-1'] as const;
const SLUGS = ['m0', 'm1', 'm2', 'm3', 'm4'] as const;

const name = fc.constantFrom(...NAMES);
const pattern = fc.constantFrom(...NAMES, '*', 'a*', '*b', 't*x', 'su*m*');
const condition = fc.oneof(pattern, fc.array(pattern, { minLength: 1, maxLength: 3 }));
const optional = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined, freq: 4 });
const regions = fc.oneof(
  { arbitrary: fc.constant<string[]>([]), weight: 3 },
  { arbitrary: fc.array(fc.constantFrom('eu', 'us', 'eu-west-1'), { maxLength: 2 }), weight: 1 },
);
/** True one time in four. */
const seldom = fc.integer({ min: 0, max: 3 }).map((n) => n === 0);

const when = fc
  .record({
    model: optional(condition),
    team: optional(condition),
    service: optional(condition),
    agent: optional(condition),
    user: optional(condition),
    surface: optional(condition),
    tags: optional(fc.dictionary(name, condition, { maxKeys: 2 })),
    estimatedInputTokens: optional(
      fc.oneof(
        fc.record({ min: fc.nat(200) }),
        fc.record({ max: fc.nat(200) }),
        fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
      ),
    ),
    hasImages: optional(fc.boolean()),
    hasTools: optional(fc.boolean()),
    hasJsonSchema: optional(fc.boolean()),
    hasReasoning: optional(fc.boolean()),
    time: optional(
      fc
        .tuple(fc.nat(23), fc.nat(23), fc.subarray(['mon', 'tue', 'sun'] as const, { minLength: 1 }))
        .map(([from, to, days]) => ({
          from: `${String(from).padStart(2, '0')}:00`,
          to: `${String(to).padStart(2, '0')}:00`,
          timezone: 'UTC',
          days,
        })),
    ),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

const model: fc.Arbitrary<Omit<Model, 'id' | 'slug'>> = fc.record({
  provider: fc.constant('openai'),
  credential: fc.constantFrom('k1', 'k2'),
  upstreamModel: fc.constant('up'),
  region: fc.constantFrom(...REGIONS),
  limits: fc.oneof(fc.constant({}), fc.record({ contextTokens: fc.integer({ min: 50, max: 400 }) })),
  capabilities: fc.record(
    {
      vision: fc.boolean(),
      tools: fc.boolean(),
      jsonSchema: fc.boolean(),
      audio: fc.boolean(),
      reasoning: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
});
const target: fc.Arbitrary<Target> = fc.record({
  model: fc.constantFrom(...SLUGS, 'missing'),
  weight: fc.nat(3),
  priority: fc.nat(2),
});
const targets = fc.uniqueArray(target, { selector: (each) => each.model, minLength: 1, maxLength: 5 });
const route: fc.Arbitrary<Route> = fc.record({
  id: fc.constant('r'),
  slug: fc.constant('a'),
  strategy: fc.constantFrom('priority', 'weighted', 'cost', 'latency', 'least-busy'),
  targets,
  rules: fc.array(fc.record({ when, targets }), { maxLength: 4 }),
  retry: fc.constant({}),
  timeoutMs: fc.constant(null),
  cache: fc.constant(null),
  residency: regions,
  stickiness: fc.constantFrom('session', 'user', null),
  strict: seldom,
});

interface Moment {
  readonly firstTokenMs: readonly (number | null)[];
  readonly running: readonly number[];
  readonly cost: readonly (bigint | null)[];
  readonly exhausted: readonly boolean[];
  readonly serves: readonly boolean[];
  readonly dropped: readonly (readonly string[])[];
  readonly random: number;
}
const five = <T>(arb: fc.Arbitrary<T>) => fc.array(arb, { minLength: 5, maxLength: 5 });
const moment: fc.Arbitrary<Moment> = fc.record({
  firstTokenMs: five(fc.option(fc.nat(500))),
  running: five(fc.nat(4)),
  cost: five(fc.option(fc.bigInt(0n, 5n))),
  exhausted: five(seldom),
  serves: five(fc.integer({ min: 0, max: 9 }).map((n) => n > 0)),
  dropped: five(fc.array(name, { maxLength: 1 })),
  random: fc.double({ min: 0.02, max: 0.999, noNaN: true }),
});
const request = fc.record({
  teamPath: fc.array(name, { minLength: 1, maxLength: 3 }),
  service: name,
  agent: fc.option(name),
  user: fc.option(name),
  session: fc.option(name),
  surface: name,
  tags: fc.dictionary(name, name, { maxKeys: 3 }),
  inputTokens: fc.nat(200),
  needs: fc.record({ vision: seldom, tools: seldom, jsonSchema: seldom, audio: seldom, reasoning: seldom }),
  nowMs: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 15) }),
});

const models = (given: readonly Omit<Model, 'id' | 'slug'>[]): Model[] =>
  given.map((each, index) => ({ ...each, id: SLUGS[index] as string, slug: SLUGS[index] as string }));
const at = (slug: string): number => SLUGS.indexOf(slug as (typeof SLUGS)[number]);

function factsOf(asked: typeof request extends fc.Arbitrary<infer R> ? R : never, now: Moment): RoutingFacts {
  return {
    ...asked,
    requestedModel: 'a',
    outputTokens: 0,
    operation: 'chat',
    serves: ({ slug }) => now.serves[at(slug)] as boolean,
    droppedBy: ({ slug }) => now.dropped[at(slug)] as readonly string[],
    costOf: ({ slug }) => now.cost[at(slug)] as bigint | null,
    firstTokenMs: ({ slug }) => now.firstTokenMs[at(slug)] as number | null,
    running: ({ slug }) => now.running[at(slug)] as number,
    nearlyExhausted: ({ slug }) => now.exhausted[at(slug)] as boolean,
    random: () => now.random,
  };
}

describe('the reference', () => {
  it('agrees with the chosen candidates of 1,000 random routes and requests', () => {
    const weights = new Map([['k1', 2]]);
    let chosen = 0;
    fc.assert(
      fc.property(five(model), route, regions, request, moment, (given, policy, residency, asked, now) => {
        const deployed = models(given);
        const facts = factsOf(asked, now);
        const table = routingTable([policy], deployed, { residency, credentialWeights: weights });
        const expected = Reference.candidates(policy, deployed, residency, facts, weights);
        let actual: readonly string[];
        try {
          actual = choose(table, ['*'], facts).candidates.map((candidate) => candidate.model.slug);
          chosen += 1;
        } catch (error) {
          expect(['invalid_request', 'context_length_exceeded', 'residency_violation', 'model_not_found']).toContain(
            (error as { code: string }).code,
          );
          actual = [];
        }
        expect(actual).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
    // Else it would only agree about refusals.
    expect(chosen).toBeGreaterThan(400);
  });

  it('no candidate is ever outside the regions of its route or of its organization', () => {
    fc.assert(
      fc.property(five(model), route, regions, request, moment, (given, policy, residency, asked, now) => {
        const table = routingTable([policy], models(given), { residency });
        let candidates: readonly { model: Model }[] = [];
        try {
          candidates = choose(table, ['*'], factsOf(asked, now)).candidates;
        } catch {
          // Refused: nothing leaves.
        }
        for (const { model: each } of candidates)
          for (const allowed of [policy.residency, residency])
            if (allowed.length > 0)
              expect(allowed.some((one) => each.region === one || each.region?.startsWith(`${one}-`))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** Slow, and without anything of what it judges but the hash of stickiness. */
const Reference = {
  candidates(
    policy: Route,
    deployed: readonly Model[],
    residency: readonly string[],
    facts: RoutingFacts,
    weights: ReadonlyMap<string, number>,
  ): string[] {
    const rule = policy.rules.find((each) => Reference.holds(each.when as Record<string, unknown>, facts));
    const able = (rule?.targets ?? policy.targets).flatMap((each) => {
      const found = deployed.find(({ slug }) => slug === each.model);
      if (!found || !Reference.able(found, [...[policy.residency], residency], facts)) return [];
      if (policy.strict && facts.droppedBy(found).length > 0) return [];
      return [{ ...each, model: found, weight: each.weight * (weights.get(found.credential) ?? 1) }];
    });
    const left = [...able];
    const ordered: typeof left = [];
    while (left.length > 0) {
      let best = 0;
      for (let i = 1; i < left.length; i++) if (Reference.before(left[i]!, left[best]!, policy, facts, able)) best = i;
      ordered.push(...left.splice(best, 1));
    }
    const slugs = ordered.map((each) => each.model.slug);
    if (slugs.length < 2) return slugs;
    const full = slugs.filter((slug) => facts.nearlyExhausted(deployed.find((each) => each.slug === slug)!));
    return [...slugs.filter((slug) => !full.includes(slug)), ...full];
  },

  /** Whether `a` is tried before `b`, which stands before it in the list. */
  before(
    a: Target | { model: Model; weight: number; priority: number },
    b: Target | { model: Model; weight: number; priority: number },
    policy: Route,
    facts: RoutingFacts,
    all: readonly { priority: number }[],
  ): boolean {
    const [one, two] = [a, b] as { model: Model; weight: number; priority: number }[];
    const key = policy.stickiness === 'session' ? facts.session : policy.stickiness === 'user' ? facts.user : null;
    const lot = (each: { model: Model; weight: number }): number => {
      const draw = key === null ? facts.random() : lotOf(key, each.model);
      return each.weight > 0 ? -Math.log(1 - draw) / each.weight : Number.POSITIVE_INFINITY;
    };
    const sticky = key !== null && (policy.strategy === 'latency' || policy.strategy === 'least-busy');
    switch (sticky ? 'weighted' : policy.strategy) {
      case 'priority': {
        if (one!.priority !== two!.priority) return one!.priority < two!.priority;
        return new Set(all.map(({ priority }) => priority)).size < all.length && lot(one!) < lot(two!);
      }
      case 'weighted':
        return lot(one!) < lot(two!);
      case 'cost': {
        const [x, y] = [facts.costOf(one!.model), facts.costOf(two!.model)];
        if (x === null || y === null) return x !== null && y === null;
        return x < y || (x === y && one!.priority < two!.priority);
      }
      case 'latency':
        return (facts.firstTokenMs(one!.model) ?? -1) < (facts.firstTokenMs(two!.model) ?? -1);
      case 'least-busy': {
        const load = (each: { model: Model; weight: number }) =>
          (facts.running(each.model) + 1) / Math.max(each.weight, 0.001);
        return load(one!) < load(two!);
      }
    }
  },

  able(each: Model, residencies: readonly (readonly string[])[], facts: RoutingFacts): boolean {
    const resident = residencies.every(
      (allowed) =>
        allowed.length === 0 ||
        allowed.some((region) => new RegExp(`^${region}(-.*)?$`).test(each.region ?? 'nowhere')),
    );
    const capable = Object.entries(facts.needs).every(
      ([need, wanted]) => !wanted || each.capabilities[need as keyof Model['capabilities']] !== false,
    );
    return resident && capable && facts.serves(each) && !(facts.inputTokens > (each.limits.contextTokens ?? Infinity));
  },

  holds(conditions: Record<string, unknown>, facts: RoutingFacts): boolean {
    const fits = (given: unknown, values: readonly (string | null | undefined)[]): boolean =>
      ([] as unknown[]).concat(given).some((each) => {
        const expression = new RegExp(`^${String(each).replaceAll('*', '.*')}$`);
        return values.some((value) => value != null && expression.test(value));
      });
    for (const [key, given] of Object.entries(conditions)) {
      const range = given as { min?: number; max?: number };
      const time = given as { from: string; to: string; days: string[] };
      const date = new Date(facts.nowMs);
      const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
      const held: Record<string, () => boolean> = {
        model: () => fits(given, [facts.requestedModel]),
        team: () => fits(given, facts.teamPath),
        service: () => fits(given, [facts.service]),
        agent: () => fits(given, [facts.agent]),
        user: () => fits(given, [facts.user]),
        surface: () => fits(given, [facts.surface]),
        tags: () => Object.entries(given as object).every(([tag, each]) => fits(each, [facts.tags[tag]])),
        estimatedInputTokens: () =>
          (range.min === undefined || facts.inputTokens >= range.min) &&
          (range.max === undefined || facts.inputTokens <= range.max),
        hasImages: () => facts.needs.vision === given,
        hasTools: () => facts.needs.tools === given,
        hasJsonSchema: () => facts.needs.jsonSchema === given,
        hasReasoning: () => facts.needs.reasoning === given,
        time: () => {
          // Minute by minute from each beginning of the last two days.
          for (const back of [0, 1]) {
            const day = (date.getUTCDay() + 7 - back) % 7;
            if (!time.days.includes(days[day] as string)) continue;
            const begin = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - back);
            const from = begin + Number(time.from.slice(0, 2)) * 3_600_000;
            let to = begin + Number(time.to.slice(0, 2)) * 3_600_000;
            if (to <= from) to += 86_400_000;
            if (facts.nowMs >= from && facts.nowMs < to) return true;
          }
          return false;
        },
      };
      if (!held[key]!()) return false;
    }
    return true;
  },
};
