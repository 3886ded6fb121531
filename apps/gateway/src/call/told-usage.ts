import type { Usage } from '#libs/dialects';

/**
 * The usage, if it tells anything. Servers that do not count send zeros or nonsense in place of it; taken for the truth, that
 * would make every call of theirs free.
 */
export function toldUsage(usage: Usage | undefined): Usage | undefined {
  return usage && Object.values(usage.tokens).some((count) => count > 0) ? usage : undefined;
}
