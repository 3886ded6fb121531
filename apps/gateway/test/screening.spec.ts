import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CheckConfig } from '#libs/guardrails';
import { type Harness, startHarness } from './harness.js';

/** One server that speaks every screening service's wire format, as their references have it (November 2026). */
interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

const SECRET = 'screening-secret';
const isBad = (text: unknown): boolean => String(text).includes('forbidden');

function answerTo({ path, body }: Asked): unknown {
  if (path.startsWith('/contentsafety/text:analyze'))
    return {
      blocklistsMatch: [],
      categoriesAnalysis: [
        { category: 'Hate', severity: 2 },
        { category: 'SelfHarm', severity: isBad(body['text']) ? 4 : 0 },
      ],
    };
  if (path.startsWith('/contentsafety/text:shieldPrompt'))
    return { userPromptAnalysis: { attackDetected: isBad(body['userPrompt']) }, documentsAnalysis: [] };
  if (path === '/v2/guard') {
    const [message] = body['messages'] as { content: string }[];
    const start = (message?.content ?? '').indexOf('forbidden');
    const flagged = start >= 0;
    return {
      flagged,
      payload: flagged ? [{ start, end: start + 9, text: 'forbidden', detector_type: 'pii/name', labels: [] }] : [],
      breakdown: [
        { detector_type: 'pii/name', detected: flagged },
        { detector_type: 'prompt_attack', detected: flagged },
      ],
      metadata: { request_uuid: '1' },
    };
  }
  const messages = body['messages'] as { content: string }[];
  const content = isBad(messages.at(-1)?.content) ? 'unsafe\nS9' : 'safe';
  return { id: 'c', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content } }] };
}

let harness: Harness;
let server: Server;
let asked: Asked[] = [];
let status = 200;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      const question = { path: request.url ?? '', headers: request.headers, body };
      asked.push(question);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answerTo(question)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  harness = await startHarness();
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  asked = [];
  status = 200;
});

/** The organization with one model of a screening provider, `screen`, and one check that asks it. */
async function screenedBy(provider: string, upstreamModel: string, check: CheckConfig): Promise<void> {
  const { models, providerCredentials } = harness.defaults;
  const [model] = models;
  const [credential] = providerCredentials;
  if (!model || !credential) throw new Error('the harness has models and credentials');
  const own = {
    ...credential,
    id: 'own',
    slug: 'own',
    provider,
    baseUrl: url,
    sealedSecret: harness.sealed('own', SECRET),
  };
  await harness.configure({
    providerCredentials: [...providerCredentials, own],
    models: [...models, { ...model, id: 'screen', slug: 'screen', provider, credential: 'own', upstreamModel }],
    guardrails: [{ id: 'g', slug: 'g', applyTo: 'input', scope: {}, checks: [check] }],
  });
}

const ask = async (content: string): Promise<string> =>
  (await harness.chat({ messages: [{ role: 'user', content }] })).text();
const findings = async () => (await harness.events()).at(-1)?.findings;

describe.each([
  ['azure-content-safety', 'azure-content-safety', 'text:analyze', {}, ['selfharm']],
  ['azure-content-safety', 'azure-content-safety', 'text:analyze', { severity: 2 }, ['hate', 'selfharm']],
  ['azure-content-safety', 'azure-content-safety', 'text:shieldPrompt', {}, ['prompt-attack']],
  ['lakera', 'lakera', 'project-1234', {}, ['prompt-attack', 'pii-name']],
  ['classifier', 'openai', 'llama-guard-3', {}, ['s9']],
] as const)('the check %s, asked of %s as %s with %o', (type, provider, upstreamModel, options, rules) => {
  const check = { type, action: 'flag', model: 'screen', ...options } as const;

  it('finds what the service says, and nothing where it says nothing of that kind', async () => {
    await screenedBy(provider, upstreamModel, check);
    await ask('a forbidden thing');
    expect((await findings())?.map(({ rule }) => rule).toSorted()).toEqual([...rules].toSorted());
    await ask('a nice thing');
    expect((await findings())?.map(({ rule }) => rule) ?? []).toEqual(rules.filter((rule) => rule === 'hate'));
  });
  it('blocks before anything is sent to a model, also when the service fails and the check blocks', async () => {
    await screenedBy(provider, upstreamModel, { ...check, action: 'block' });
    await harness.simulator.reset();
    expect(await ask('a forbidden thing')).toContain('guardrail_blocked');
    status = 503;
    expect(await ask('a nice thing')).toContain('guardrail_blocked');
    expect(await harness.simulator.calls()).toHaveLength(0);
    await screenedBy(provider, upstreamModel, { ...check, action: 'block', onError: 'allow' });
    expect(await ask('repeat hello')).toContain('hello');
    expect(await findings()).toMatchObject([{ rule: 'unavailable', action: 'flag' }]);
  });
});

describe('what is asked', () => {
  it('of Azure goes with the resource’s key, by the dated API, in pieces that it takes', async () => {
    await screenedBy('azure-content-safety', 'text:analyze', {
      type: 'azure-content-safety',
      action: 'flag',
      model: 'screen',
    });
    await ask('a word '.repeat(1_714));
    expect(asked.map(({ path }) => path)).toEqual(Array(2).fill('/contentsafety/text:analyze?api-version=2024-09-01'));
    expect(asked[0]?.headers['ocp-apim-subscription-key']).toBe(SECRET);
    expect(asked.map(({ body }) => String(body['text']).length).toSorted()).toEqual([10_000, 1_998].toSorted());
  });
  it('of Lakera names the project, and asks for what was found and where', async () => {
    await screenedBy('lakera', 'project-1234', { type: 'lakera', action: 'flag', model: 'screen' });
    await ask('a nice thing');
    expect(asked[0]).toMatchObject({
      path: '/v2/guard',
      headers: { authorization: `Bearer ${SECRET}` },
      body: { project_id: 'project-1234', breakdown: true, payload: true },
    });
  });
  it('of a classifier is what the check instructs it with, in OpenAI’s chat format', async () => {
    await screenedBy('openai', 'small', {
      type: 'classifier',
      action: 'flag',
      model: 'screen',
      instructions: 'Answer safe or unsafe.',
    });
    await ask('a nice thing');
    expect(asked[0]).toMatchObject({
      path: '/chat/completions',
      headers: { authorization: `Bearer ${SECRET}` },
      body: {
        model: 'small',
        temperature: 0,
        messages: [
          { role: 'system', content: 'Answer safe or unsafe.' },
          { role: 'user', content: 'a nice thing' },
        ],
      },
    });
  });
});
