import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose, fits, type Model, type Route, type RoutingFacts, routingTable, strategies } from './index.js';

const model = (slug: string, more: Partial<Model> = {}): Model => ({
  id: slug,
  slug,
  provider: 'openai',
  credential: 'c',
  upstreamModel: `up-${slug}`,
  region: null,
  limits: {},
  capabilities: {},
  ...more,
});
const route = (slug: string, models: readonly string[], more: Partial<Route> = {}): Route => ({
  id: slug,
  slug,
  strategy: 'priority',
  rules: [],
  retry: {},
  timeoutMs: null,
  cache: null,
  residency: [],
  targets: models.map((each, index) => ({ model: each, weight: 1, priority: index })),
  ...more,
});
const facts = (requestedModel: string, more: Partial<RoutingFacts> = {}): RoutingFacts => ({
  requestedModel,
  teamPath: ['inner', 'outer'],
  service: 's',
  agent: null,
  user: null,
  session: null,
  surface: 'openai-chat',
  tags: {},
  inputTokens: 10,
  outputTokens: 10,
  needs: { vision: false, tools: false, jsonSchema: false, audio: false, reasoning: false },
  operation: 'chat',
  serves: () => true,
  droppedBy: () => [],
  costOf: () => null,
  firstTokenMs: () => null,
  running: () => 0,
  nearlyExhausted: () => false,
  nowMs: 0,
  random: () => 0.5,
  ...more,
});
const slugs = (choice: { candidates: readonly { model: Model }[] }): readonly string[] =>
  choice.candidates.map((c) => c.model.slug);
const code = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return undefined;
};

describe('an operation that not every provider has', () => {
  const table = routingTable(
    [route('mixed', ['a', 'b']), route('eu', ['a'], { residency: ['eu'] })],
    [model('a'), model('b')],
  );
  const embeddings = (name: string, serving: readonly string[]) =>
    facts(name, { operation: 'embeddings', serves: ({ slug }) => serving.includes(slug) });
  it('leaves out the models of providers that lack it, and says why', () => {
    const choice = choose(table, ['*'], embeddings('mixed', ['b']));
    expect(slugs(choice)).toEqual(['b']);
    expect(choice.fallen).toEqual([{ model: 'a', why: 'operation' }]);
  });
  it('is refused by name when no model is left, but for residency where only that stands in the way', () => {
    expect(() => choose(table, ['*'], embeddings('mixed', []))).toThrow("No model of 'mixed' offers embeddings.");
    expect(code(() => choose(table, ['*'], embeddings('eu', ['a'])))).toBe('residency_violation');
  });
});

describe('a strict route', () => {
  const dropped: Record<string, readonly string[]> = { a: ['seed', 'top_k'], b: ['n'], c: [] };
  const asked = (name: string) => facts(name, { droppedBy: ({ slug }) => dropped[slug] as readonly string[] });
  const table = routingTable(
    [
      route('strict', ['a', 'b', 'c'], { strict: true }),
      route('loose', ['a', 'b', 'c']),
      route('narrow', ['a', 'b'], { strict: true }),
      route('eu', ['a', 'c'], { strict: true, residency: ['eu'] }),
    ],
    [model('a', { region: 'eu' }), model('b'), model('c')],
  );

  it('leaves out models that would not be told every parameter, and says which', () => {
    expect(slugs(choose(table, ['*'], asked('loose')))).toEqual(['a', 'b', 'c']);
    const choice = choose(table, ['*'], asked('strict'));
    expect(slugs(choice)).toEqual(['c']);
    expect(choice.fallen).toEqual([
      { model: 'a', why: 'parameters', params: ['seed', 'top_k'] },
      { model: 'b', why: 'parameters', params: ['n'] },
    ]);
  });

  it('names the least that a client must leave out when no model is left', () => {
    expect(() => choose(table, ['*'], asked('narrow'))).toThrow(
      "No model of 'narrow' can be told 'n' (policy: strict).",
    );
    expect(() => choose(table, ['*'], asked('eu'))).toThrow("No model of 'eu' can be told 'seed', 'top_k'");
  });
});

describe('choosing candidates', () => {
  const table = routingTable(
    [
      route('fast', ['a', 'b']),
      route('eu', ['a', 'de'], { residency: ['eu'] }),
      route('nowhere', ['a'], { residency: ['eu'] }),
      route('ruled', ['a'], {
        rules: [{ when: { team: 'outer', tags: { task: 'sum*' } }, targets: [{ model: 'b', weight: 1, priority: 0 }] }],
      }),
    ],
    [
      model('a', { capabilities: { vision: false } }),
      model('b', { limits: { contextTokens: 100 } }),
      model('de', { region: 'eu-central-1' }),
    ],
  );

  it('a route gives its models in the order of their priority', () => {
    expect(slugs(choose(table, ['*'], facts('fast')))).toEqual(['a', 'b']);
  });
  it('a model can be addressed directly as provider/model', () => {
    expect(slugs(choose(table, ['*'], facts('openai/up-b')))).toEqual(['b']);
  });
  it('an unknown name is model_not_found, a known but forbidden one model_not_allowed', () => {
    expect(code(() => choose(table, ['*'], facts('nope')))).toBe('model_not_found');
    expect(code(() => choose(table, ['sl*'], facts('fast')))).toBe('model_not_allowed');
  });
  it('residency removes every model outside the region, and refuses when none is left', () => {
    expect(slugs(choose(table, ['*'], facts('eu')))).toEqual(['de']);
    expect(code(() => choose(table, ['*'], facts('nowhere')))).toBe('residency_violation');
  });
  it('a model that cannot take the call is never a candidate', () => {
    const needs = { ...facts('fast').needs, vision: true };
    expect(slugs(choose(table, ['*'], facts('fast', { needs })))).toEqual(['b']);
    expect(code(() => choose(table, ['*'], facts('openai/a', { needs })))).toBe('invalid_request');
    expect(code(() => choose(table, ['*'], facts('openai/b', { inputTokens: 101 })))).toBe('context_length_exceeded');
  });
  it('the first rule whose conditions all hold decides, an outer team included', () => {
    expect(slugs(choose(table, ['*'], facts('ruled', { tags: { task: 'summarize' } })))).toEqual(['b']);
    expect(slugs(choose(table, ['*'], facts('ruled')))).toEqual(['a']);
  });
});

describe('strategies', () => {
  const candidates = ['a', 'b', 'c'].map((slug, index) => ({ model: model(slug), weight: index, priority: index }));
  it('each only reorders: nothing is lost, nothing invented', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(strategies)),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (strategy, random) => {
          expect(
            strategy(candidates, facts('x', { random: () => random }), () => random)
              .map((c) => c.model.slug)
              .toSorted(),
          ).toEqual(['a', 'b', 'c']);
        },
      ),
    );
  });
  it('weighted sends the first try by share, and weight 0 only as a fallback', () => {
    let seed = 1;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const first = { a: 0, b: 0, c: 0 };
    for (let i = 0; i < 9_000; i++)
      first[strategies.weighted(candidates, facts('x'), random)[0]!.model.slug as 'a'] += 1;
    expect(first.a).toBe(0);
    expect(first.c / first.b).toBeGreaterThan(1.8);
    expect(first.c / first.b).toBeLessThan(2.2);
  });
  it('cost takes the cheapest first and the unpriced last', () => {
    const costs: Record<string, bigint | null> = { a: null, b: 20n, c: 10n };
    const ordered = strategies.cost(candidates, facts('x', { costOf: (m) => costs[m.slug] ?? null }), () => 0);
    expect(ordered.map((c) => c.model.slug)).toEqual(['c', 'b', 'a']);
  });
});

describe('patterns', () => {
  it('agree with the obvious regular expression', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '/', '*'), { maxLength: 8 }).map((chars) => chars.join(''));
    fc.assert(
      fc.property(
        text,
        text.map((t) => t.replaceAll('*', 'a')),
        (pattern, name) => {
          const reference = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
          expect(fits(pattern, name)).toBe(reference.test(name));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
