import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPENAI_COMPATIBLE, openaiCompatible, type Provider, providers } from '#libs/providers';
import { type Harness, PRICES, route, startHarness } from './harness.js';

/** All that a new provider costs. */
const ENTRY = { id: 'newcomer', name: 'Newcomer', baseUrl: 'https://api.newcomer.example/v1' } as const;

const table = providers as Map<string, Provider>;
let harness: Harness;
beforeAll(async () => {
  table.set(ENTRY.id, openaiCompatible(ENTRY));
  harness = await startHarness();
  const ids = [...OPENAI_COMPATIBLE, ENTRY].filter((row) => providers.get(row.id)?.paths.chat).map(({ id }) => id);
  await harness.configure({
    providerCredentials: ids.map((id) => ({
      id,
      slug: id,
      provider: id,
      baseUrl: harness.simulator.baseUrl('openai'),
      region: null,
      weight: 1,
      sealedSecret: harness.sealed(id, `${id}-key`),
    })),
    models: ids.map((id) => ({
      id,
      slug: id,
      provider: id,
      credential: id,
      upstreamModel: 'some-model',
      region: null,
      limits: {},
      capabilities: {},
      prices: PRICES,
    })),
    routes: ids.map((id) => route(id, [id])),
  });
});
afterAll(async () => {
  table.delete(ENTRY.id);
  await harness?.[Symbol.asyncDispose]();
});

it.each([...OPENAI_COMPATIBLE.filter(({ withoutChat }) => !withoutChat), ENTRY])(
  'one entry in the table is all that $name needs: chats whole, streamed and from another dialect are answered and booked',
  async ({ id }) => {
    expect((await harness.chat({ model: id })).status).toBe(200);
    const streamed = await (await harness.chat({ model: id, stream: true })).text();
    expect(streamed).toContain('[DONE]');
    const anthropic = await fetch(`${harness.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': harness.key, 'content-type': 'application/json' },
      body: JSON.stringify({ model: id, max_tokens: 50, messages: [{ role: 'user', content: 'say hello' }] }),
    });
    expect(await anthropic.json()).toMatchObject({ content: [{ type: 'text', text: 'You said: say hello' }] });
    expect((await harness.events()).slice(-3)).toMatchObject([
      { provider: id, stream: false, status: 200, surface: 'openai-chat' },
      { provider: id, stream: true, status: 200, surface: 'openai-chat' },
      { provider: id, stream: false, status: 200, surface: 'anthropic-messages' },
    ]);
    expect((await harness.simulator.calls()).at(-1)?.headers).toMatchObject({ authorization: `Bearer ${id}-key` });
  },
);
