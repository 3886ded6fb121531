import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CheckConfig, Guardrail } from '#libs/guardrails';
import { type Harness, startHarness } from './harness.js';

let harness: Harness;
const EMAIL = 'ada.lovelace@example.com';

beforeAll(async () => {
  harness = await startHarness();
});
afterEach(() => harness.configure({}));
afterAll(() => harness[Symbol.asyncDispose]());

const guarded = (applyTo: Guardrail['applyTo'], checks: readonly CheckConfig[], more: Partial<Guardrail> = {}) =>
  harness.configure({ guardrails: [{ id: 'g', slug: 'g', applyTo, scope: {}, checks, ...more }] });
const ask = async (content: string, body = {}): Promise<string> => {
  const response = await harness.chat({ messages: [{ role: 'user', content }], ...body });
  return response.text();
};
/** The text of an answer, streamed or not. */
const saidIn = (answer: string): string => {
  const bodies = answer.startsWith('{')
    ? [answer]
    : [...answer.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => data as string);
  return bodies
    .map((body) => JSON.parse(body) as { choices: { message?: { content?: string }; delta?: { content?: string } }[] })
    .map(({ choices: [choice] }) => choice?.message?.content ?? choice?.delta?.content ?? '')
    .join('');
};
const lastFindings = async () => (await harness.events()).at(-1)?.findings;

describe('reversible redaction', () => {
  it.each([
    ['passed through', 'fast', false],
    ['passed through', 'fast', true],
    ['translated', 'smart', false],
    ['translated', 'smart', true],
  ])('%s by %s (stream: %s): the provider never sees a value, the client gets it back', async (_, model, stream) => {
    await guarded('input', [{ type: 'pii', action: 'redact', reversible: true }]);
    await harness.simulator.reset();
    const answer = await ask(`repeat mail to ${EMAIL} now`, { model, stream });
    expect(saidIn(answer)).toContain(EMAIL);
    const [call] = await harness.simulator.calls();
    expect(call?.body).not.toContain('lovelace');
    expect(call?.body).toMatch(/\[EMAIL_[A-Z2-7]{12}\]/);
  });
  it('keeps no value in the cache, and gives it back from there too', async () => {
    const { routes } = harness.defaults;
    const cached = routes.map((each) => (each.slug === 'fast' ? { ...each, cache: { ttlSeconds: 60 } } : each));
    const checks: CheckConfig[] = [{ type: 'pii', action: 'redact', reversible: true }];
    await harness.configure({
      routes: cached,
      guardrails: [{ id: 'g', slug: 'g', applyTo: 'input', scope: {}, checks }],
    });
    for (let turn = 0; turn < 2; turn++) expect(saidIn(await ask(`repeat ${EMAIL} please`))).toContain(EMAIL);
    for (const key of await harness.redis.keys('*cache*')) {
      expect((await harness.redis.getBuffer(key))?.includes('lovelace')).not.toBe(true);
    }
  });
});

describe('a guardrail in dry-run', () => {
  it.each(['input', 'output'] as const)(
    'records what it would have done to the %s, and does nothing',
    async (applyTo) => {
      await guarded(applyTo, [{ type: 'pii', action: 'block' }], { mode: 'dry-run' });
      for (const stream of [false, true]) {
        expect(saidIn(await ask(`repeat ${EMAIL}`, { stream }))).toContain(EMAIL);
        expect(await lastFindings()).toMatchObject([{ rule: 'email', action: 'block', dryRun: true }]);
      }
    },
  );
});

describe('services', () => {
  let server: Server;
  let url: string;
  let asked: { texts: string[] }[];
  let status = 200;

  beforeAll(async () => {
    asked = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as { texts: string[] };
        asked.push(body);
        const findings = body.texts.flatMap((text, index) =>
          text.includes('forbidden') ? [{ text: index, rule: 'word' }] : [],
        );
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ findings }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/inspect`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('block a request before anything is sent', async () => {
    await guarded('input', [{ type: 'webhook', action: 'block', url }]);
    await harness.simulator.reset();
    expect(await ask('a forbidden thing')).toContain('guardrail_blocked');
    expect(await harness.simulator.calls()).toHaveLength(0);
    expect(asked.at(-1)?.texts).toContain('a forbidden thing');
    expect(saidIn(await ask('repeat something nice'))).toContain('something nice');
  });
  it.each([false, true])('see an answer whole before any of it leaves (stream: %s)', async (stream) => {
    await guarded('output', [{ type: 'webhook', action: 'block', url }]);
    const blocked = await ask('repeat this forbidden thing', { stream });
    expect(saidIn(blocked)).not.toContain('forbidden');
    expect(blocked).toContain('content_filter');
    expect(saidIn(await ask('repeat this nice thing', { stream }))).toContain('this nice thing');
  });
  it('that fail mean what the check says', async () => {
    status = 500;
    await guarded('input', [{ type: 'webhook', action: 'block', url }]);
    expect(await ask('hello')).toContain('guardrail_blocked');
    await guarded('input', [{ type: 'webhook', action: 'block', url, onError: 'allow' }]);
    expect(saidIn(await ask('repeat hello'))).toContain('hello');
    expect(await lastFindings()).toMatchObject([{ check: 'webhook', rule: 'unavailable', action: 'flag' }]);
    status = 200;
  });
  it('can be a moderation model of the organization, asked with its own credential', async () => {
    const [gpt] = harness.defaults.models;
    const omni = {
      ...gpt,
      id: 'omni',
      slug: 'omni',
      upstreamModel: 'omni-moderation-latest',
    } as (typeof harness.defaults.models)[number];
    await harness.configure({
      models: [...harness.defaults.models, omni],
      guardrails: [
        {
          id: 'g',
          slug: 'g',
          applyTo: 'input',
          scope: {},
          checks: [{ type: 'moderation', action: 'flag', model: 'omni', threshold: 0 }],
        },
      ],
    });
    await harness.simulator.reset();
    expect(saidIn(await ask('repeat hello'))).toContain('hello');
    expect(await lastFindings()).not.toMatchObject([{ rule: 'unavailable' }]);
    expect((await harness.simulator.calls()).map(({ path }) => path)).toContain('/openai/v1/moderations');
  });
});
