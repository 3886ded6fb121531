import type { NanoUsd } from '#libs/core';

/**
 * An amount in parts that add up to it exactly, proportional to the weights: each part rounded down, and what is left, a
 * nano-USD each, to those who lost most by it, the earlier of equals first. Without any weight above 0 the parts are even.
 * Weights are ≥ 0; the amount may be negative. No weights: no parts.
 */
export function splitBy(amount: NanoUsd, weights: readonly bigint[]): NanoUsd[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  if (sum === 0n && weights.length > 0)
    return splitBy(
      amount,
      weights.map(() => 1n),
    );
  const magnitude = amount < 0n ? -amount : amount;
  const parts = weights.map((weight) => (magnitude * weight) / sum);
  let left = magnitude - parts.reduce((total, part) => total + part, 0n);
  const byLoss = weights
    .map((weight, index) => ({ index, lost: (magnitude * weight) % sum }))
    .sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1));
  for (const { index } of byLoss) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return amount < 0n ? parts.map((part) => -part) : parts;
}
