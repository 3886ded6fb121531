import { expect, it } from 'vitest';
import { RecentPercentile } from './percentile.js';

it('the 95th percentile of what was seen lately, and nothing before there is enough', () => {
  const percentile = new RecentPercentile();
  for (let i = 1; i < 20; i++) percentile.add(i);
  expect(percentile.p95()).toBeNull();
  percentile.add(20);
  expect(percentile.p95()).toBe(19);
  for (let i = 0; i < 128; i++) percentile.add(1_000);
  expect(percentile.p95()).toBe(1_000);
});
