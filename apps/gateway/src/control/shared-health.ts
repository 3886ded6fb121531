import type { Redis } from 'ioredis';
import { keys, listen } from '#libs/redis';
import type { HealthChange, ModelHealth } from '#libs/routing';
import type { Logger } from '#libs/telemetry';

interface Telling extends HealthChange {
  /** Which process tells, so that it does not learn from itself. */
  readonly from: string;
}

/** Gateways tell each other which models fail or ask for rest. A lost message costs each gateway its own few failures. */
export class SharedHealth {
  private readonly name = `${process.pid}.${Math.random().toString(36).slice(2)}`;

  constructor(
    private readonly redis: Redis,
    private readonly subscription: Redis,
    private readonly log: Logger,
  ) {}

  tell(change: HealthChange): void {
    this.log.warn(change, 'a model is left alone');
    const telling: Telling = { ...change, from: this.name };
    this.redis.publish(keys.modelHealth, JSON.stringify(telling)).catch(() => {
      // The log has it; others will find out by themselves.
    });
  }

  follow(health: ModelHealth): void {
    const learn = (message: string): void => {
      const telling = JSON.parse(message) as Telling;
      if (telling.from !== this.name) health.learn(telling);
    };
    listen(this.subscription, keys.modelHealth, learn, (error) =>
      this.log.warn({ error: String(error) }, 'no health from other gateways'),
    );
  }
}
