import type { Json } from '../api/admin-api.js';
import { modelOf } from './litellm-model.js';
import { objects, record, slugOf, text } from './loose.js';

/** Configuration that `apply` takes, and what could not be carried over: each a sentence for a person. */
export interface Migrated {
  readonly document: Json;
  readonly notes: readonly string[];
}

/** LiteLLM's strategies. https://docs.litellm.ai/docs/routing */
const STRATEGIES: Readonly<Record<string, string>> = {
  'simple-shuffle': 'weighted',
  'least-busy': 'least-busy',
  'latency-based-routing': 'latency',
  'cost-based-routing': 'cost',
  'usage-based-routing': 'least-busy',
  'usage-based-routing-v2': 'least-busy',
};

/**
 * A LiteLLM proxy's `config.yaml` as configuration of ours: each `model_name` becomes a route, each of its deployments a model,
 * each key a provider credential, fallbacks further targets. Secrets stay references. https://docs.litellm.ai/docs/proxy/configs
 */
export function fromLitellm(config: Json, organization: string): Migrated {
  const notes: string[] = [];
  const router = { ...record(config['litellm_settings']), ...record(config['router_settings']) };
  const models = objects(config['model_list']).flatMap((entry) => {
    const model = modelOf(entry);
    if (typeof model === 'string') notes.push(model);
    return typeof model === 'string' ? [] : [model];
  });
  const groups = byGroup(withUniqueSlugs(models));
  const fallbacks = fallbacksOf(router['fallbacks']);
  const routes = [...groups.keys()].map((group) => ({
    slug: slugOf(group),
    targets: [group, ...(fallbacks.get(group) ?? [])].flatMap((name, priority) =>
      (groups.get(name) ?? []).map(({ model: { slug }, weight }) => ({
        model: slug,
        priority,
        ...(weight !== null && { weight }),
      })),
    ),
    ...strategyOf(text(router['routing_strategy']), groups.get(group)?.length ?? 0),
    ...(Number.isInteger(router['num_retries']) && {
      retry: { attempts: Math.min(10, Number(router['num_retries']) + 1) },
    }),
    ...(typeof router['timeout'] === 'number' && { timeoutMs: Math.min(3_600_000, router['timeout'] * 1_000) }),
  }));
  const aliases = Object.entries(record(router['model_group_alias'])).flatMap(([alias, group]) => {
    const route = routes.find(({ slug }) => slug === slugOf(String(group)));
    return route ? [{ ...route, slug: slugOf(alias) }] : [];
  });
  const all = [...groups.values()].flat();
  const rateLimits = all.flatMap(({ rateLimit }) => rateLimit ?? []);
  notes.push(...leftOut(config));
  return {
    notes,
    document: {
      organization,
      providerCredentials: [...new Map(all.map(({ credential }) => [credential['slug'], credential])).values()],
      models: all.map(({ model }) => model),
      routes: [...routes, ...aliases],
      ...(rateLimits.length > 0 && { rateLimits }),
    },
  };
}

type Model = Exclude<ReturnType<typeof modelOf>, string>;

function byGroup(models: readonly Model[]): ReadonlyMap<string, readonly Model[]> {
  const groups = new Map<string, Model[]>();
  for (const model of models) groups.set(model.group, [...(groups.get(model.group) ?? []), model]);
  return groups;
}

/** Deployments of one group may be of the same upstream model. */
function withUniqueSlugs(models: readonly Model[]): Model[] {
  const taken = new Map<string, number>();
  return models.map((each) => {
    const slug = each.model.slug;
    const count = (taken.get(slug) ?? 0) + 1;
    taken.set(slug, count);
    if (count === 1) return each;
    const unique = `${slug.slice(0, 60)}-${count}`;
    const rateLimit = each.rateLimit && { ...each.rateLimit, scope: { model: unique } };
    return { ...each, rateLimit, model: { ...each.model, slug: unique } };
  });
}

/** One model is no choice, and a strategy among it would only puzzle a reader. */
function strategyOf(strategy: string | null, models: number): { strategy?: string } {
  if (models < 2) return {};
  return { strategy: STRATEGIES[strategy ?? 'simple-shuffle'] ?? 'weighted' };
}

function fallbacksOf(value: unknown): ReadonlyMap<string, readonly string[]> {
  const entries = objects(value).flatMap((each) => Object.entries(each));
  return new Map(entries.map(([group, names]) => [group, Array.isArray(names) ? names.map(String) : []]));
}

function leftOut(config: Json): string[] {
  const general = record(config['general_settings']);
  const settings = record(config['litellm_settings']);
  return [
    ...('master_key' in general
      ? ['general_settings.master_key: callers get OAuth clients or gateway keys of their own.']
      : []),
    ...('database_url' in general
      ? [
          'general_settings.database_url: virtual keys, teams and spend are not in the file; make teams, services and budgets with apply.',
        ]
      : []),
    ...('cache' in settings
      ? ['litellm_settings.cache: set `cache: { ttlSeconds: … }` on the routes that should have it.']
      : []),
    ...('callbacks' in settings || 'success_callback' in settings
      ? ['litellm_settings.callbacks: usage is recorded here; for traces set OTEL_EXPORTER_OTLP_ENDPOINT.']
      : []),
    ...('guardrails' in config ? ['guardrails: make them anew; see docs/guides/guardrails.md.'] : []),
  ];
}
