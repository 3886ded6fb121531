import type { Redis } from 'ioredis';
import type { Registry } from '#libs/telemetry';
import type { LiveState } from '../live/live-state.js';

export interface Component {
  readonly status: 'up' | 'down';
  readonly detail?: string;
}

/** Whether this gateway should get traffic, and what is missing when not. */
export class Health {
  private draining = false;

  constructor(
    private readonly redis: Redis,
    private readonly state: LiveState,
    readonly registry: Registry,
  ) {}

  /** From now on: not ready. Load balancers send no new calls. */
  drain(): void {
    this.draining = true;
  }

  report(): { readonly ready: boolean; readonly components: Readonly<Record<string, Component>> } {
    const { organizations, verifyToken } = this.state.current();
    const components: Record<string, Component> = {
      redis: this.redis.status === 'ready' ? { status: 'up' } : { status: 'down', detail: this.redis.status },
      snapshots: { status: 'up', detail: `${organizations.size} organizations` },
      issuer: verifyToken ? { status: 'up' } : { status: 'down', detail: 'its keys are not known yet' },
      ...(this.draining && { process: { status: 'down', detail: 'draining' } as const }),
    };
    return { ready: Object.values(components).every(({ status }) => status === 'up'), components };
  }
}
