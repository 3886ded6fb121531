import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { budget, rateLimit, request } from '../quota.fixtures.js';
import { ticketOf } from '../ticket.js';
import { ProcessShare, type ShareAdmission } from './process-share.js';

const START_MS = 4_000_000_000_000;
const alone = { processes: 1, graceNanoUsd: 0n };

function admitted(admission: ShareAdmission): Extract<ShareAdmission, { ok: true }> {
  if (!admission.ok) throw new Error(`refused: ${admission.refusal.kind}`);
  return admission;
}

describe('one process’s share of a rate limit', () => {
  test('is what the limit divided among the gateways allows, at least one call', () => {
    const share = new ProcessShare();
    const limits = [rateLimit({ requestsPerMinute: 10 })];
    const admit = (processes: number) =>
      share.admit(ticketOf(request({ limits })), { ...alone, processes }, START_MS).ok;
    expect([1, 2, 3, 4].map(() => admit(3))).toEqual([true, true, true, false]);
    const small = [rateLimit({ requestsPerMinute: 1 })];
    const lonely = () => share.admit(ticketOf(request({ limits: small })), { ...alone, processes: 9 }, START_MS).ok;
    expect([lonely(), lonely()]).toEqual([true, false]);
  });

  test('a refused call passes exactly when retry-after says', () => {
    const share = new ProcessShare();
    const limits = [rateLimit({ requestsPerMinute: 2 })];
    const at = (nowMs: number) => share.admit(ticketOf(request({ limits })), alone, nowMs);
    admitted(at(START_MS));
    admitted(at(START_MS + 1_000));
    const refused = at(START_MS + 2_000);
    if (refused.ok || refused.refusal.kind !== 'rate-limit') throw new Error('was not refused');
    const passesAt = START_MS + 2_000 + refused.refusal.retryAfterMs;
    expect(at(passesAt - 1).ok).toBe(false);
    expect(at(passesAt).ok).toBe(true);
  });

  test('tokens are corrected to what was used, and concurrency comes free at the end', () => {
    const share = new ProcessShare();
    const limits = [rateLimit({ tokensPerMinute: 150, maxConcurrency: 1 })];
    const admit = () => share.admit(ticketOf(request({ limits })), alone, START_MS);
    const first = admitted(admit());
    expect(first.limits.tokens).toMatchObject({ limit: 150, remaining: 50 });
    expect(admit()).toMatchObject({ ok: false, refusal: { what: 'tokens' } });
    first.end(50, 0n);
    admitted(admit()).end(100, 0n);
    expect(admit()).toMatchObject({ ok: false, refusal: { what: 'tokens' } });
  });

  test('no 60 s ever hold more than the share, whatever the arrivals', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9_000 }), { maxLength: 300 }), (gaps) => {
        const share = new ProcessShare();
        const limits = [rateLimit({ requestsPerMinute: 7 })];
        const times: number[] = [];
        let nowMs = START_MS;
        for (const gap of gaps) {
          nowMs += gap;
          if (share.admit(ticketOf(request({ limits })), alone, nowMs).ok) times.push(nowMs);
        }
        for (const time of times)
          expect(times.filter((other) => other > time - 60_000 && other <= time).length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('budgets of one process', () => {
  const priced = { worstCaseNanoUsd: 60n };

  test('a hard one refuses what could cost something, and lets pass what cannot', () => {
    const share = new ProcessShare();
    const budgets = [budget()];
    expect(share.admit(ticketOf(request({ budgets }, priced)), alone, START_MS)).toMatchObject({
      ok: false,
      refusal: { kind: 'unchecked', budget: 'monthly' },
    });
    admitted(share.admit(ticketOf(request({ budgets })), alone, START_MS));
  });

  test('soft ones do not refuse', () => {
    const ticket = ticketOf(request({ budgets: [budget({ enforcement: 'soft' })] }, priced));
    admitted(new ProcessShare().admit(ticket, alone, START_MS));
  });

  test('a stated grace amount is spent by all gateways together and never more', () => {
    const share = new ProcessShare();
    const hard = budget();
    const admit = () =>
      share.admit(ticketOf(request({ budgets: [hard] }, priced)), { processes: 2, graceNanoUsd: 200n }, START_MS);
    const first = admitted(admit());
    expect(admit().ok).toBe(false);
    first.end(1, 40n);
    admitted(admit());
    expect(admit().ok).toBe(false);
  });
});
