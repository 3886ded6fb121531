import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_TOKENS } from '#libs/core';
import { usageEvent } from '#libs/testing';
import { recordUsage } from '../../../../../test/admin/record-usage.js';
import { type AdminApp, given, startAdmin } from '../../../../../test/admin/start-admin.js';

const reRatings = '/organizations/acme/chargeback/re-ratings';
const BODY = { period: '2026-10', model: 'gpt' };
let admin: AdminApp;

beforeAll(async () => {
  admin = await startAdmin();
  const { body } = await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' });
  const prices = { inputPerMillion: '2', outputPerMillion: '4' };
  await given(
    admin,
    ['/organizations/acme/provider-credentials', { slug: 'openai', provider: 'openai', secret: 'sk-x' }],
    ['/organizations/acme/models', { slug: 'gpt', provider: 'openai', credential: 'openai', model: 'gpt-5', prices }],
  );
  const tokens = { ...NO_TOKENS, input: 1000, output: 500 };
  await recordUsage(admin.connections.database.pool, [
    usageEvent({ organizationId: body.id, atMs: Date.UTC(2026, 9, 5), tokens, costNanoUsd: '3000000' }),
  ]);
});
afterAll(() => admin?.stop());

describe('re-ratings', () => {
  it('201: preview, then enter the difference to the model’s prices once, on the statement of the month', async () => {
    const preview = await admin.call('POST', reRatings, { ...BODY, preview: true });
    expect(preview.status, preview.text).toBe(201);
    expect(preview.body).toMatchObject({
      requests: 1,
      left: 0,
      differenceUsd: '0.001',
      statement: null,
      lines: [
        { team: 'engineering', service: 'assistant', bookedUsd: '0.003', ratedUsd: '0.004', adjustedUsd: '0.00' },
      ],
    });
    const done = await admin.call('POST', reRatings, BODY);
    expect(done.body).toMatchObject({ differenceUsd: '0.001', statement: expect.any(String) });
    expect((await admin.call('POST', reRatings, BODY)).body).toMatchObject({ differenceUsd: '0.00', statement: null });
    const statement = await admin.call('GET', `/organizations/acme/chargeback/statements/${done.body.statement}`);
    expect(statement.body.lines).toMatchObject([{ kind: 're-rating', model: 'gpt', adjustmentUsd: '0.001' }]);
  });

  it.each([
    ['period', { ...BODY, period: '2026-1' }],
    ['preview', { ...BODY, preview: 1 }],
  ])('400: names the field that is wrong: %s', async (field, body) => {
    const answer = await admin.call('POST', reRatings, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });

  it('404: of a model that does not exist', async () => {
    const answer = await admin.call('POST', reRatings, { ...BODY, model: 'nothing' });
    expect([answer.status, answer.body.errors[0].field]).toEqual([404, 'model']);
  });
});
