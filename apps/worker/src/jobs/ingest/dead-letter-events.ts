import type { DeadLetter } from '#libs/ledger';
import type { WebhookEvent } from '#libs/messages';

const HOUR_MS = 3_600_000;
/** More of a reason is the value that Postgres did not take. */
const REASON_CHARS = 200;

/** What is announced of events that were put aside: once per organization, hour and reason, because one cause breaks many. */
export function deadLetterEvents(letters: readonly DeadLetter[]): readonly WebhookEvent[] {
  const events = letters.map(({ organizationId, entryId, reason, buriedAtMs }): WebhookEvent => {
    const short = reason.slice(0, REASON_CHARS);
    return {
      organizationId,
      type: 'ingest.dead_letter',
      key: `${Math.floor(buriedAtMs / HOUR_MS)} ${short}`,
      atMs: buriedAtMs,
      data: { reason: short, entry: entryId },
    };
  });
  return [...new Map(events.map((event) => [`${event.organizationId} ${event.key}`, event])).values()];
}
