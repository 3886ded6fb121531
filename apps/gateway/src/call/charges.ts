import type { Usage } from '#libs/dialects';
import type { Charges } from '#libs/metering';

/** What the provider says that it bills beside the tokens: in its usage, or with the whole answer. */
export function chargesOf(usage: Usage | undefined, serviceTier?: string): Charges {
  return { serviceTier: usage?.serviceTier ?? serviceTier, toolCalls: usage?.toolCalls };
}
