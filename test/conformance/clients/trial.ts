import type { UsageEvent } from '#libs/messages';
import { keys } from '#libs/redis';
import type { SimulatedCall } from '#libs/testing';
import { type Harness, ORGANIZATION, PRICES, route, startHarness } from '../../../apps/gateway/test/harness.js';
import type { Answer, Ask, Client, ErrorKind } from './client.js';

/** The providers by the name of the route that leads to each, with the model that answers there. */
export const PROVIDERS = {
  openai: 'gpt-5-mini',
  anthropic: 'claude-sonnet-4-5',
  gemini: 'gemini-2.5-flash',
  mistral: 'mistral-small-latest',
} as const;
export type ProviderId = keyof typeof PROVIDERS;

/** A route whose limit no call fits. */
export const LIMITED = 'limited';

/** One client, one provider behind the gateway, one way of delivery. */
export interface Trial {
  readonly provider: ProviderId;
  ask(ask: Omit<Ask, 'model' | 'streamed'>): Promise<Answer>;
  /** What the client says went wrong when it asks for this model. Throws when nothing went wrong. */
  failure(model: string): Promise<ErrorKind>;
  /** What the provider answered during this trial; a client may first ask for what it refuses. */
  upstream(): Promise<readonly SimulatedCall[]>;
  /** What the gateway booked for it. */
  booked(): Promise<readonly UsageEvent[]>;
}

export async function startGateway(): Promise<Harness> {
  const harness = await startHarness();
  const ids = Object.keys(PROVIDERS) as ProviderId[];
  await harness.configure({
    models: ids.map((id) => ({
      id,
      slug: id,
      provider: id,
      credential: id,
      upstreamModel: PROVIDERS[id],
      region: null,
      limits: { maxOutputTokens: 16_000 },
      capabilities: {},
      prices: PRICES,
    })),
    routes: [...ids.map((id) => route(`on-${id}`, [id])), route(LIMITED, ['openai'])],
    rateLimits: [
      { id: 'limit', scope: { route: LIMITED }, requestsPerMinute: null, tokensPerMinute: 1, maxConcurrency: null },
    ],
  });
  return harness;
}

export async function startTrial(
  harness: Harness,
  client: Client,
  provider: ProviderId,
  streamed: boolean,
): Promise<Trial> {
  await harness.simulator.reset();
  const usage = keys.usage(ORGANIZATION);
  const [last] = await harness.redis.xrevrange(usage, '+', '-', 'COUNT', 1);
  const ask = client.connect({ url: harness.url, key: harness.key });
  return {
    provider,
    ask: (asked) => ask({ ...asked, model: `on-${provider}`, streamed }),
    failure: async (model) => {
      const answer = await ask({ prompt: 'say hello', model, streamed }).catch((error: unknown) => ({ error }));
      if (!('error' in answer)) throw new Error(`${model} answered: ${answer.text}`);
      return client.errorKind(answer.error);
    },
    upstream: async () => (await harness.simulator.calls()).filter(({ status }) => status === 200),
    booked: async () =>
      (await harness.redis.xrange(usage, last ? `(${last[0]}` : '-', '+')).map(
        ([, fields]) => JSON.parse(fields[1] as string) as UsageEvent,
      ),
  };
}
