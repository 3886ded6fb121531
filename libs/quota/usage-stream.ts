import type { UsageEvent } from '#libs/messages';
import { keys, type ScriptHost } from '#libs/redis';

/** Appends the event of a call that reserved nothing (refused, or answered without cost) to its organization's stream. */
export async function appendEvent(redis: ScriptHost, event: UsageEvent): Promise<void> {
  await redis.xadd(keys.usage(event.organizationId), '*', 'event', JSON.stringify(event));
}
