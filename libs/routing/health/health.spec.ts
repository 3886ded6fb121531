import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BREAKER_DEFAULTS, Breaker, ModelHealth, RetryBudget } from '../index.js';

describe('the breaker', () => {
  it('opens after failures in a row, lets one probe through, and closes when it succeeds', () => {
    const breaker = new Breaker();
    for (let i = 0; i < 4; i++) expect(breaker.failed(i)).toBe(false);
    expect(breaker.failed(4)).toBe(true);
    expect(breaker.tryPass(5)).toBe(false);
    const later = 4 + BREAKER_DEFAULTS.openMs;
    expect([breaker.tryPass(later), breaker.tryPass(later), breaker.tryPass(later)]).toEqual([true, false, false]);
    breaker.succeeded(later + 1);
    expect([breaker.tryPass(later + 1), breaker.tryPass(later + 1)]).toEqual([true, true]);
  });
  it('stays open twice as long after each failed probe, up to its longest', () => {
    const breaker = new Breaker();
    for (let i = 0; i < 5; i++) breaker.failed(0);
    let now = BREAKER_DEFAULTS.openMs;
    for (let open = BREAKER_DEFAULTS.openMs * 2; open < BREAKER_DEFAULTS.openMsMax * 4; open *= 2) {
      expect(breaker.tryPass(now)).toBe(true);
      breaker.failed(now);
      const wait = Math.min(open, BREAKER_DEFAULTS.openMsMax);
      expect(breaker.tryPass(now + wait - 1)).toBe(false);
      now += wait;
    }
  });
  it('opens on the error rate of the window, and forgets what has left it', () => {
    const breaker = new Breaker({ ...BREAKER_DEFAULTS, consecutiveFailures: 1_000 });
    for (let i = 0; i < 100; i++) breaker.succeeded(0);
    for (let i = 0; i < 19; i++) breaker.failed(1);
    expect(breaker.state(2)).toBe('closed');
    for (let i = 0; i < 19; i++) expect(breaker.failed(20_000)).toBe(false);
    expect(breaker.failed(20_001)).toBe(true);
  });
  it('never lets two calls pass while it is not closed, whatever happens in whatever order', () => {
    const step = fc.record({
      kind: fc.constantFrom('pass', 'ok', 'fail', 'left'),
      wait: fc.integer({ min: 0, max: 5_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const breaker = new Breaker();
        let now = 0;
        let probes = 0;
        for (const { kind, wait } of steps) {
          now += wait;
          const before = breaker.state(now);
          if (kind === 'pass' && breaker.tryPass(now) && before !== 'closed') probes += 1;
          if (kind !== 'pass') probes = 0;
          if (kind === 'ok') breaker.succeeded(now);
          if (kind === 'fail') breaker.failed(now);
          if (kind === 'left') breaker.abandoned();
          expect(probes).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

it('retries never exceed a tenth of the calls, however many fail', () => {
  const budget = new RetryBudget();
  let retries = 0;
  for (let i = 0; i < 10_000; i++) {
    budget.called();
    if (budget.tryRetry()) retries += 1;
  }
  expect(retries).toBeGreaterThan(500);
  expect(retries).toBeLessThan(1_000);
});

it('what one gateway sees, another can learn', () => {
  const other = new ModelHealth();
  const one = new ModelHealth((change) => other.learn(change));
  for (let i = 0; i < 5; i++) one.failed('m', 0);
  expect(other.tryPass('m', 1)).toBe(false);
  one.rest('n', 5_000, 'limit');
  expect([other.tryPass('n', 4_999), other.tryPass('n', 5_000)]).toEqual([false, true]);
  expect([other.isLimited('n', 4_999), other.isLimited('n', 5_000), other.isLimited('m', 1)]).toEqual([
    true,
    false,
    false,
  ]);
});
