import { type NanoUsd } from '#libs/core';
import { worstCase } from '#libs/metering';
import type { LiveModel } from '../live/live.js';
import type { Ask } from './ask.js';
import type { Routed } from './call.types.js';

/** How often a broken stream is resumed at most. */
export const RESUMES_MAX = 2;

/**
 * The most that a call can cost, in nano-USD: one answer of its dearest candidate, and what its route may pay beside it: the
 * loser of a hedge, and streams that broke and were resumed with the text so far as further input.
 */
export function worstCaseOf(ask: Ask, { choice, models }: Routed): NanoUsd {
  const { hedge, midStream } = choice.route ?? {};
  const others = models.length - 1;
  const losers = hedge ? Math.min(1, others) : 0;
  const resumed = midStream === 'resume' && ask.stream ? Math.min(RESUMES_MAX, models.length) : 0;
  const answer = dearest(models, (live) => most(live, ask, 0));
  if (losers + resumed === 0) return answer;
  const continued = dearest(models, (live) => most(live, ask, outputTokensOf(live, ask)));
  return answer * BigInt(1 + losers) + continued * BigInt(resumed);
}

export const outputTokensOf = ({ model }: LiveModel, ask: Ask): number =>
  ask.outputTokensMax(model.limits.maxOutputTokens);

function most(live: LiveModel, ask: Ask, furtherInput: number): NanoUsd {
  if (live.prices === null) return 0n;
  return worstCase(ask.size.tokensMax + furtherInput, outputTokensOf(live, ask), live.prices, ask.units);
}

function dearest(models: readonly LiveModel[], costOf: (live: LiveModel) => NanoUsd): NanoUsd {
  return models.map(costOf).reduce((most, each) => (each > most ? each : most), 0n);
}
