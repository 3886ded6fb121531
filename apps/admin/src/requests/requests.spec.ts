import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_TOKENS, uuidv7 } from '#libs/core';
import { usageEvent } from '#libs/testing';
import { recordUsage } from '../../../../test/admin/record-usage.js';
import { type AdminApp, startAdmin } from '../../../../test/admin/start-admin.js';

const requests = '/organizations/acme/requests';
const NOW = Date.now();
const MINUTE_MS = 60_000;

let admin: AdminApp;
let acme: string;
let other: string;

beforeAll(async () => {
  admin = await startAdmin();
  acme = (await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' })).body.id;
  other = (await admin.call('POST', '/organizations', { slug: 'other', name: 'Other' })).body.id;
  await recordUsage(admin.connections.database.pool, [
    usageEvent({
      organizationId: acme,
      atMs: NOW,
      requestId: 'req-newest',
      agent: 'planner',
      session: 's-1',
      attempts: [
        { model: 'claude', outcome: 'upstream_error', ms: 12, status: 500 },
        { model: 'gpt', outcome: 'ok', ms: 400, status: 200 },
      ],
      tokens: { ...NO_TOKENS, input: 10, cacheRead: 5, cacheWrite: 3, cacheWrite1h: 2, output: 7, reasoning: 4 },
      costNanoUsd: '1234567',
      tags: { env: 'prod', 'cost.code': 'x 1' },
      findings: [{ guardrail: 'g', check: 'secrets', rule: 'aws', action: 'flag', at: 'input', confidence: 1 }],
      traceId: 'trace-1',
    }),
    ...Array.from({ length: 5 }, (_, index) =>
      usageEvent({ organizationId: acme, atMs: NOW - (index + 1) * MINUTE_MS, team: 'sales', tags: { env: 'dev' } }),
    ),
    usageEvent({
      organizationId: acme,
      atMs: NOW - 10 * MINUTE_MS,
      status: 429,
      error: 'rate_limit_exceeded',
      provider: null,
      model: null,
      requestedModel: '100%_sure',
    }),
    usageEvent({ organizationId: other, atMs: NOW, requestId: 'not-yours' }),
  ]);
});

afterAll(() => admin?.stop());

const list = async (query = ''): Promise<Record<string, unknown>[]> => {
  const answer = await admin.call('GET', `${requests}${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data;
};

describe('decisions of policies', () => {
  const decided = '/organizations/decided/requests';
  const finding = { guardrail: 'g', check: 'pii', rule: 'email', at: 'input', confidence: 1 } as const;

  it('200: are found, each by its name; what a guardrail in dry-run would have done is none', async () => {
    const { id: organizationId } = (await admin.call('POST', '/organizations', { slug: 'decided', name: 'Decided' }))
      .body;
    const refused = (requestId: string, status: number, error: string) =>
      usageEvent({ organizationId, requestId, status, error });
    await recordUsage(admin.connections.database.pool, [
      refused('blocked', 403, 'guardrail_blocked'),
      refused('denied', 403, 'model_not_allowed'),
      refused('denied', 403, 'residency_violation'),
      refused('over-budget', 429, 'insufficient_quota'),
      refused('rate-limited', 429, 'rate_limit_exceeded'),
      usageEvent({ organizationId, requestId: 'redacted', findings: [{ ...finding, action: 'redact' }] }),
      usageEvent({ organizationId, requestId: 'flagged', findings: [{ ...finding, action: 'flag', dryRun: false }] }),
      usageEvent({
        organizationId,
        requestId: 'rehearsed',
        findings: [{ ...finding, action: 'redact', dryRun: true }],
      }),
      usageEvent({ organizationId, requestId: 'plain' }),
    ]);
    for (const decision of ['blocked', 'redacted', 'flagged', 'denied', 'over-budget', 'rate-limited']) {
      const { data } = (await admin.call('GET', `${decided}?decision=${decision}`)).body;
      const names = data.map((row: { requestId: string }) => row.requestId);
      expect([decision, names]).toEqual([decision, decision === 'denied' ? [decision, decision] : [decision]]);
    }
  });
});

describe('the request log', () => {
  it('200: shows a call as it was recorded, with all input, all output and the exact cost', async () => {
    const [newest] = await list('?limit=1');
    expect(newest).toMatchObject({
      requestId: 'req-newest',
      at: new Date(NOW).toISOString(),
      team: 'engineering',
      service: 'assistant',
      agent: 'planner',
      session: 's-1',
      surface: 'openai-chat',
      route: 'default',
      provider: 'openai',
      model: 'gpt',
      status: 200,
      attempts: [
        { model: 'claude', outcome: 'upstream_error', ms: 12 },
        { model: 'gpt', outcome: 'ok', ms: 400 },
      ],
      stream: false,
      inputTokens: 20,
      cachedInputTokens: 5,
      cacheWriteTokens: 5,
      outputTokens: 11,
      reasoningTokens: 4,
      estimated: false,
      costUsd: '0.001234567',
      latencyMs: 431,
      firstTokenMs: null,
      cache: 'miss',
      findings: [{ check: 'secrets', rule: 'aws' }],
      tags: { env: 'prod', 'cost.code': 'x 1' },
      traceId: 'trace-1',
    });
    expect((await admin.call('GET', `${requests}/${newest?.['id']}`)).body).toEqual(newest);
  });

  it('200: lists newest first, page by page, each call once', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await admin.call('GET', `${requests}?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.data.map((row: { at: string }) => row.at));
      cursor = body.nextCursor;
    }
    expect(seen).toHaveLength(7);
    expect(seen).toEqual([...seen].sort().reverse());
  });

  it.each([
    ['?team=sales', 5],
    ['?team=sales&service=assistant&route=default', 5],
    ['?agent=planner', 1],
    ['?model=gpt', 6],
    ['?provider=openai', 6],
    ['?status=429', 1],
    ['?status=4xx', 1],
    ['?status=2xx', 6],
    ['?session=s-1', 1],
    ['?decision=flagged', 1],
    ['?decision=rate-limited', 1],
    ['?decision=blocked', 0],
    ['?tag.env=dev', 5],
    ['?tag.env=prod&tag.cost.code=x%201', 1],
    ['?tag.env=prod&tag.missing=1', 0],
    ['?q=req-NEW', 1],
    ['?q=rate_limit', 1],
    ['?q=100%25_s', 1],
    ['?q=trace-1', 1],
    [`?from=${new Date(NOW - 2 * MINUTE_MS).toISOString()}`, 3],
    [`?to=${new Date(NOW - 2 * MINUTE_MS).toISOString()}`, 4],
    ['?team=nobody', 0],
  ])('200: filters by %s', async (query, count) => {
    expect(await list(query)).toHaveLength(count);
  });

  it.each([
    ['status', '?status=999'],
    ['from', '?from=yesterday'],
    ['limit', '?limit=0'],
    ['cursor', '?cursor=abc'],
    ['surprise', '?surprise=1'],
    ['team', '?team=a&team=b'],
    ['team', '?team=%00'],
    ['tag.a', '?tag.a=1&tag.a=2'],
    ['decision', '?decision=none'],
  ])('400: names the parameter that is wrong: %s', async (field, query) => {
    const { status, body } = await admin.call('GET', `${requests}${query}`);
    expect(status).toBe(400);
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });

  it('404: knows no call of another organization', async () => {
    const [theirs] = (await admin.call('GET', '/organizations/other/requests')).body.data;
    expect(theirs.requestId).toBe('not-yours');
    expect((await admin.call('GET', `${requests}/${theirs.id}`)).status).toBe(404);
    expect((await admin.call('GET', `${requests}/${uuidv7()}`)).status).toBe(404);
    expect((await admin.call('GET', `${requests}/nothing`)).status).toBe(404);
    expect((await admin.call('GET', '/organizations/nobody/requests')).status).toBe(404);
  });
});
