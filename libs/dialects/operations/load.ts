import { NO_TOKENS } from '#libs/core';
import type { Load, OperationUsage } from './operation.js';

/** A load of text alone. */
export function textLoad(text: string, more: Partial<Load> = {}): Load {
  const texts = [{ text, times: 1 }];
  return { texts, beside: NO_TOKENS, most: { input: 0, output: 0 }, units: 1, inTokens: true, ...more };
}

/** Usage of an operation that is billed by what it reads. */
export const inputUsage = (input: number): OperationUsage => ({
  tokens: { ...NO_TOKENS, input },
  units: 1,
  inTokens: true,
});
