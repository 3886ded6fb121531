import { NO_TOKENS } from '#libs/core';
import type { ChatRequest } from '../../neutral/index.js';
import type { Load, OperationAnswer, OperationRequest, OperationUsage } from '../operation.js';

/** A question of how many tokens a chat request would be. */
export interface CountRequest extends OperationRequest {
  readonly chat: ChatRequest;
}

export interface Count extends OperationAnswer {
  readonly inputTokens: number;
}

/** Counting is free everywhere: it takes a request out of the limits, and neither tokens nor money. */
export const FREE: OperationUsage = { tokens: NO_TOKENS, units: 0, inTokens: true };

export const FREE_LOAD: Load = {
  texts: [],
  beside: NO_TOKENS,
  most: { input: 0, output: 0 },
  units: 0,
  inTokens: true,
};
