import type { AdminApi } from './admin-api.js';
import type { ClientCredentials, DemoCredentials } from './credentials.js';
import { SIMULATOR_CREDENTIALS } from './simulator-wanted.js';

const ORGANIZATION = { slug: 'demo', name: 'Demo' };
const TEAM = { slug: 'engineering', name: 'Engineering', costCenter: 'CC-1000' };
const SERVICE = { slug: 'demo-app', name: 'Demo app', team: TEAM.slug };
const BASE = `/organizations/${ORGANIZATION.slug}`;
const [OPENAI, ANTHROPIC] = SIMULATOR_CREDENTIALS;

/** Upstream ids are real ones, so that calls have the catalogue's prices. */
const MODELS = [
  { slug: 'sim-openai', provider: 'openai', credential: OPENAI, model: 'gpt-4.1-mini' },
  { slug: 'sim-anthropic', provider: 'anthropic', credential: ANTHROPIC, model: 'claude-sonnet-4-5' },
];
const ROUTES = [
  { slug: 'fast', targets: priorities('sim-openai', 'sim-anthropic') },
  { slug: 'smart', targets: priorities('sim-anthropic', 'sim-openai') },
];
const BUDGET = {
  slug: 'engineering-monthly',
  scope: { team: TEAM.slug },
  amount: '100.00',
  period: 'month',
  enforcement: 'hard',
};
const RATE_LIMIT = { scope: { service: SERVICE.slug }, requestsPerMinute: 600, tokensPerMinute: 1_000_000 };

function priorities(...models: string[]) {
  return models.map((model, index) => ({ model, weight: 1, priority: index + 1 }));
}

/**
 * Brings the demo to its full state: an organization that can make calls through the simulator at `simulatorUrl`. What is
 * there stays as it is, also where somebody changed it; only the simulator's address follows. `known` are the credentials
 * of an earlier start: where they are lost, the service gets a second secret.
 */
export async function ensureDemo(
  api: AdminApi,
  simulatorUrl: string,
  known: DemoCredentials | undefined,
): Promise<DemoCredentials> {
  await ensure(api, '/organizations', ORGANIZATION);
  await ensure(api, `${BASE}/teams`, TEAM);
  const client = await ensureService(api, known);
  await ensureSimulatorCredential(api, { slug: OPENAI, provider: 'openai', baseUrl: `${simulatorUrl}/openai/v1` });
  await ensureSimulatorCredential(api, {
    slug: ANTHROPIC,
    provider: 'anthropic',
    baseUrl: `${simulatorUrl}/anthropic`,
  });
  for (const model of MODELS) await ensure(api, `${BASE}/models`, model);
  for (const route of ROUTES) await ensure(api, `${BASE}/routes`, route);
  await ensure(api, `${BASE}/budgets`, BUDGET);
  if ((await api.list(`${BASE}/rate-limits?limit=1`)).length === 0) await api.create(`${BASE}/rate-limits`, RATE_LIMIT);
  return { organization: ORGANIZATION.slug, team: TEAM.slug, service: SERVICE.slug, ...client };
}

async function ensure(api: AdminApi, collection: string, body: { readonly slug: string }): Promise<void> {
  if ((await api.find(`${collection}/${body.slug}`)) === null) await api.create(collection, body);
}

async function ensureService(api: AdminApi, known: DemoCredentials | undefined): Promise<ClientCredentials> {
  const found = await api.find<{ clientId: string }>(`${BASE}/services/${SERVICE.slug}`);
  if (found === null) return pick(await api.create<ClientCredentials>(`${BASE}/services`, SERVICE));
  const { clientId } = found.body;
  if (known?.clientId === clientId) return pick(known);
  const credential = await api.create<{ clientSecret: string }>(`${BASE}/services/${SERVICE.slug}/credentials`, {
    kind: 'secret',
  });
  return { clientId, clientSecret: credential.clientSecret };
}

const pick = ({ clientId, clientSecret }: ClientCredentials): ClientCredentials => ({ clientId, clientSecret });

interface SimulatorCredential {
  readonly slug: string | undefined;
  readonly provider: string;
  readonly baseUrl: string;
}

async function ensureSimulatorCredential(api: AdminApi, wanted: SimulatorCredential): Promise<void> {
  const collection = `${BASE}/provider-credentials`;
  const found = await api.find<{ baseUrl: string }>(`${collection}/${wanted.slug}`);
  if (found === null) await api.create(collection, { ...wanted, secret: 'sim-not-a-secret' });
  else if (found.body.baseUrl !== wanted.baseUrl)
    await api.update(`${collection}/${wanted.slug}`, found.etag, { baseUrl: wanted.baseUrl });
}
