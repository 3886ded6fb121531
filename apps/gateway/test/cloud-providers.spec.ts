import { generateKeyPairSync } from 'node:crypto';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrganizationSnapshot, SnapshotModel } from '#libs/snapshot';
import { SIMULATED_AWS, type SimulatedProvider } from '#libs/testing';
import { type Harness, PRICES, route, startHarness } from './harness.js';

const EMAIL = 'gateway@acme-1.iam.gserviceaccount.com';
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = ({ privateKey }: ReturnType<typeof rsa>) =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const [account, stranger] = [rsa(), rsa()];
const AZURE_KEY = 'azure-simulated-key';
const WRONG_AWS = { ...SIMULATED_AWS, secretAccessKey: 'another-secret-access-key-0000000000002' };

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness?.[Symbol.asyncDispose]());

let fresh = 0;
beforeEach(async () => {
  fresh += 1;
  await harness.simulator.reset();
  const publicKey = account.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await harness.simulator.googleAccount({ clientEmail: EMAIL, publicKey });
  await harness.configure(CONFIGURATION());
});

const serviceAccount = (keys = account, tokenUri = `${harness.simulator.baseUrl('google-oauth')}/token`) => ({
  type: 'service_account',
  project_id: 'acme-1',
  private_key: pkcs8(keys),
  client_email: EMAIL,
  token_uri: tokenUri,
});

type Credential = OrganizationSnapshot['providerCredentials'][number];

function credential(
  id: string,
  provider: string,
  at: SimulatedProvider,
  secret: string | object,
  region: string | null = null,
): Credential {
  const baseUrl = harness.simulator.baseUrl(at);
  return { id, slug: id, provider, baseUrl, region, weight: 1, sealedSecret: harness.sealed(id, secret) };
}

/** What a gateway knows of a model's health it knows by its id: each test's models start without a past. */
const model = (slug: string, { slug: from, provider }: Credential, upstreamModel: string): SnapshotModel => ({
  id: `${slug}-${fresh}`,
  slug,
  provider,
  credential: from,
  upstreamModel,
  region: null,
  limits: { maxOutputTokens: 1000 },
  capabilities: {},
  prices: PRICES,
});

function CONFIGURATION() {
  const azure = credential('azure', 'azure-openai', 'azure', AZURE_KEY);
  const dated = credential('dated', 'azure-openai', 'azure', { apiKey: AZURE_KEY, apiVersion: '2024-10-21' });
  const vertex = credential('vertex', 'vertex', 'vertex', serviceAccount(), 'europe-west4');
  const bedrock = credential('bedrock', 'bedrock', 'bedrock', SIMULATED_AWS, 'eu-central-1');
  const cohere = credential('cohere', 'cohere', 'cohere', 'cohere-simulated-key');
  const wrongAws = credential('wrong-aws', 'bedrock', 'bedrock', WRONG_AWS, 'eu-central-1');
  const wrongGoogle = credential('wrong-google', 'vertex', 'vertex', serviceAccount(stranger), 'europe-west4');
  const away = serviceAccount(account, 'http://127.0.0.1:1/token');
  const noToken = credential('no-token', 'vertex', 'vertex', away, 'europe-west4');
  const wrongAzure = credential('wrong-azure', 'azure-openai', 'azure', 'invalid-azure-key');
  const BEDROCK_MODEL = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
  const models = [
    model('azure', azure, 'gpt-4.1-mini'),
    model('azure-dated', dated, 'gpt-4.1-mini'),
    model('vertex-gemini', vertex, 'gemini-2.5-flash'),
    model('vertex-claude', vertex, 'claude-sonnet-4-5@20250929'),
    model('bedrock', bedrock, BEDROCK_MODEL),
    model(
      'bedrock-profile',
      bedrock,
      `arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.${BEDROCK_MODEL}`,
    ),
    model('cohere', cohere, 'command-a-03-2025'),
    model('wrong-aws', wrongAws, BEDROCK_MODEL),
    model('wrong-google', wrongGoogle, 'gemini-2.5-flash'),
    model('no-token', noToken, 'gemini-2.5-flash'),
    model('wrong-azure', wrongAzure, 'gpt-4.1-mini'),
    model('unsafe', bedrock, '../../control/calls?x='),
    model('broken', bedrock, `${BEDROCK_MODEL}~errorInStream=true;errorAfterEvents=0`),
    model('breaking', bedrock, `${BEDROCK_MODEL}~errorInStream=true;errorAfterEvents=4`),
    model('cut', bedrock, `${BEDROCK_MODEL}~cutAfterEvents=4`),
  ];
  const { defaults } = harness;
  return {
    providerCredentials: [
      ...defaults.providerCredentials,
      ...[azure, dated, vertex, bedrock, cohere, wrongAws, wrongGoogle, noToken, wrongAzure],
    ],
    models: [...defaults.models, ...models],
    routes: [
      ...models.map(({ slug }) => route(slug, [slug], { retry: { attempts: 1 } })),
      ...models.map(({ slug }) => route(`${slug}-or-gpt`, [slug, 'gpt'])),
    ],
  };
}

const WEATHER = {
  name: 'weather',
  description: 'Weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
} as const;
const CALL = 'call the tool';

interface Client {
  say(model: string, stream: boolean): Promise<string>;
  /** Two turns: the model calls the tool, gets "sunny", and answers. */
  useTool(model: string, stream: boolean): Promise<string>;
}

/** The official SDKs, pointed at the gateway. */
const CLIENTS: Record<string, () => Client> = {
  openai: () => {
    const client = new OpenAI({ apiKey: harness.key, baseURL: `${harness.url}/v1`, maxRetries: 0 });
    const ask = (body: Omit<OpenAI.ChatCompletionCreateParamsNonStreaming, 'stream'>, stream: boolean) =>
      stream ? client.chat.completions.stream(body).finalChatCompletion() : client.chat.completions.create(body);
    return {
      say: async (model, stream) => {
        const { choices } = await ask({ model, messages: [{ role: 'user', content: 'say hello' }] }, stream);
        return choices[0]?.message.content ?? '';
      },
      useTool: async (model, stream) => {
        const tools = [{ type: 'function' as const, function: WEATHER }];
        const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: CALL }];
        const first = (await ask({ model, messages, tools }, stream)).choices[0];
        const call = first?.message.tool_calls?.[0];
        if (first?.finish_reason !== 'tool_calls' || call?.type !== 'function') throw new Error('no tool was called');
        expect(JSON.parse(call.function.arguments)).toEqual({ city: 'sample city' });
        messages.push(first.message, { role: 'tool', tool_call_id: call.id, content: 'sunny' });
        return (await ask({ model, messages, tools }, stream)).choices[0]?.message.content ?? '';
      },
    };
  },
  anthropic: () => {
    const client = new Anthropic({ apiKey: harness.key, baseURL: harness.url, maxRetries: 0 });
    const ask = (body: Omit<Anthropic.MessageCreateParamsNonStreaming, 'max_tokens'>, stream: boolean) =>
      stream
        ? client.messages.stream({ max_tokens: 500, ...body }).finalMessage()
        : client.messages.create({ max_tokens: 500, ...body });
    const textOf = ({ content }: Anthropic.Message) =>
      content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    return {
      say: async (model, stream) =>
        textOf(await ask({ model, messages: [{ role: 'user', content: 'say hello' }] }, stream)),
      useTool: async (model, stream) => {
        const { name, description, parameters } = WEATHER;
        const input_schema = { ...parameters, required: [...parameters.required] };
        const tools = [{ name, description, input_schema }];
        const messages: Anthropic.MessageParam[] = [{ role: 'user', content: CALL }];
        const first = await ask({ model, messages, tools }, stream);
        const call = first.content.find((block) => block.type === 'tool_use');
        if (first.stop_reason !== 'tool_use' || !call) throw new Error('no tool was called');
        expect(call.input).toEqual({ city: 'sample city' });
        messages.push(
          { role: 'assistant', content: first.content },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny' }] },
        );
        return textOf(await ask({ model, messages, tools }, stream));
      },
    };
  },
};

const MODELS = [
  ['azure', 'azure-openai'],
  ['azure-dated', 'azure-openai'],
  ['vertex-gemini', 'vertex'],
  ['vertex-claude', 'vertex'],
  ['bedrock', 'bedrock'],
  ['bedrock-profile', 'bedrock'],
  ['cohere', 'cohere'],
] as const;

describe.each(Object.keys(CLIENTS))('the %s SDK', (surface) => {
  it.each(MODELS)(
    'gets the same text whole and streamed from %s, and the call is booked as billed',
    async (slug, provider) => {
      const client = CLIENTS[surface]!();
      const whole = await client.say(slug, false);
      expect(whole).toBe('You said: say hello');
      expect(await client.say(slug, true)).toBe(whole);
      const booked = (await harness.events()).slice(-2);
      const billed = (await harness.simulator.calls()).filter(({ usage }) => usage).slice(-2);
      for (const [index, { usage }] of billed.entries()) {
        expect(booked[index]).toMatchObject({
          provider,
          model: slug,
          status: 200,
          estimated: false,
          stream: index === 1,
        });
        expect(booked[index]?.costNanoUsd).toBe(String(((usage?.input ?? 0) + 2 * (usage?.output ?? 0)) * 1000));
      }
    },
  );

  it.each(MODELS)('uses a tool of %s and hears its answer, whole and streamed', async (slug) => {
    const client = CLIENTS[surface]!();
    expect(await client.useTool(slug, false)).toBe('The tool returned: sunny');
    expect(await client.useTool(slug, true)).toBe('The tool returned: sunny');
  });
});

/** Everything that must not be seen by a client, nor in a record. */
const SECRETS = () => [
  SIMULATED_AWS.secretAccessKey,
  WRONG_AWS.secretAccessKey,
  'AWS4-HMAC-SHA256',
  'ya29.',
  pkcs8(account).slice(60, 120),
  pkcs8(stranger).slice(60, 120),
  EMAIL,
  'azure-key',
];

describe('a credential that is refused', () => {
  it.each([
    ['wrong-aws', 'authentication'],
    ['wrong-google', 'authentication'],
    ['wrong-azure', 'authentication'],
    ['no-token', 'server'],
  ])('fails over: %s', async (slug, outcome) => {
    expect((await harness.chat({ model: `${slug}-or-gpt` })).status).toBe(200);
    const event = (await harness.events()).at(-1);
    expect(event?.attempts[0]).toMatchObject({ model: slug, outcome });
    expect(event?.attempts.at(-1)).toMatchObject({ model: 'gpt', outcome: 'ok' });
  });

  const alone = ['wrong-aws', 'wrong-google', 'wrong-azure', 'no-token'].flatMap((slug) => [
    { slug, stream: false },
    { slug, stream: true },
  ]);
  it.each(alone)('is a 502 that shows nothing of it when nobody else is left: $slug, stream $stream', async (asked) => {
    const response = await harness.chat({ model: asked.slug, stream: asked.stream });
    const seen = (await response.text()) + JSON.stringify(await harness.events());
    expect(response.status).toBe(502);
    for (const secret of SECRETS()) expect(seen).not.toContain(secret);
  });
});

describe('an access token', () => {
  const tokensAsked = async () =>
    (await harness.simulator.calls()).filter(({ provider }) => provider === 'google-oauth').length;

  it('is fetched once for calls that come together, and kept when the configuration changes', async () => {
    await harness.simulator.revokeGoogleTokens();
    await harness.chat({ model: 'vertex-gemini' });
    const before = await tokensAsked();
    await Promise.all(Array.from({ length: 10 }, () => harness.chat({ model: 'vertex-gemini' })));
    await harness.configure(CONFIGURATION());
    await harness.chat({ model: 'vertex-claude' });
    expect(await tokensAsked()).toBe(before);
  });

  it('that is not accepted any more is renewed within the call, once for all that notice', async () => {
    await harness.chat({ model: 'vertex-gemini' });
    await harness.simulator.revokeGoogleTokens();
    const before = await tokensAsked();
    const all = await Promise.all(
      Array.from({ length: 5 }, (_, index) => harness.chat({ model: 'vertex-gemini', stream: index % 2 === 0 })),
    );
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    await Promise.all(all.map((response) => response.text()));
    const { attempts } = (await harness.events()).at(-1) ?? {};
    expect(attempts).toMatchObject([{ outcome: 'ok' }]);
    const asked = (await tokensAsked()) - before;
    expect(asked).toBeGreaterThanOrEqual(1);
    expect(asked).toBeLessThan(5);
  });
});

it("Azure's first chunk, which names no model, does not hide which one answers", async () => {
  await (await harness.chat({ model: 'azure', stream: true })).text();
  expect((await harness.events()).at(-1)?.answeredModel).toBe('gpt-4.1-mini');
});

describe("Bedrock's stream", () => {
  it('that begins with an exception fails over', async () => {
    const response = await harness.chat({ model: 'broken-or-gpt', stream: true });
    expect(await response.text()).toContain('[DONE]');
    expect((await harness.events()).at(-1)?.attempts.at(-1)).toMatchObject({ model: 'gpt', outcome: 'ok' });
  });

  it.each(['breaking', 'cut'])(
    'that breaks off ends with an error the client sees, and is booked: %s',
    async (slug) => {
      const text = await (await harness.chat({ model: slug, stream: true })).text();
      expect(text).toContain('You');
      expect(text).toContain('"error"');
      expect(text).not.toContain('[DONE]');
      expect((await harness.events()).at(-1)).toMatchObject({ status: 502, model: slug });
    },
  );
});

it('a model id that would lead to another path reaches no provider', async () => {
  const response = await harness.chat({ model: 'unsafe' });
  expect(response.status).toBe(502);
  expect(await harness.simulator.calls()).toEqual([]);
});

it('Claude at Vertex AI gets the client’s own body but for what it may not have', async () => {
  const body = '{"model":"vertex-claude", "max_tokens":5, "messages":[{"role":"user","content":"héé"}],"metadata":{}}';
  const response = await fetch(`${harness.url}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': harness.key, 'content-type': 'application/json' },
    body,
  });
  expect(response.status).toBe(200);
  const sent = (await harness.simulator.calls()).at(-1)?.body;
  expect(sent).toBe(body.replace('"model":"vertex-claude"', '"anthropic_version":"vertex-2023-10-16"'));
});
