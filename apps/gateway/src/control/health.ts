import type { Registry } from '#libs/telemetry';
import type { LiveState } from '../live/live-state.js';
import type { Siblings } from '../workers/siblings.js';
import type { Fleet } from './fleet.js';
import type { ModelStandings } from './model-standings.js';
import type { RedisPresence } from './redis-presence.js';
import type { Spool } from './spool/spool.js';

export interface Component {
  /** `degraded`: goes on without it, see `detail`; the gateway is still ready. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail?: string;
}

/** Whether this gateway should get traffic, and what is missing when not. */
export class Health {
  private draining = false;

  constructor(
    private readonly presence: RedisPresence,
    private readonly spool: Spool,
    private readonly fleet: Fleet,
    private readonly state: LiveState,
    private readonly standings: ModelStandings,
    readonly registry: Registry,
    private readonly siblings: Siblings,
  ) {}

  /** Of this process, or of all workers where there are several. */
  metrics(): Promise<string> {
    return this.siblings.metrics(this.registry);
  }

  /** From now on: not ready. Load balancers send no new calls. */
  drain(): void {
    this.draining = true;
  }

  report(): { readonly ready: boolean; readonly components: Readonly<Record<string, Component>> } {
    const { organizations, verifyToken } = this.state.current();
    const components: Record<string, Component> = {
      redis: this.presence.away ? { status: 'degraded', detail: this.awaySince() } : { status: 'up' },
      quota: this.quota(),
      snapshots: { status: 'up', detail: `${organizations.size} organizations` },
      models: this.leftAlone(),
      issuer: verifyToken ? { status: 'up' } : { status: 'down', detail: 'its keys are not known yet' },
      ...this.workers(),
      ...(this.draining && { process: { status: 'down', detail: 'draining' } as const }),
    };
    return { ready: Object.values(components).every(({ status }) => status !== 'down'), components };
  }

  /** One that died is missed for a moment, and the others take its calls. */
  private workers(): Readonly<Record<string, Component>> {
    const { census } = this.siblings;
    if (census === null) return {};
    const detail = `${census.running} of ${census.wanted} run`;
    return { workers: { status: census.running < census.wanted ? 'degraded' : 'up', detail } };
  }

  /** For information only: while one model of a route answers, nobody misses another. */
  private leftAlone(): Component {
    const known = this.standings.all().flatMap(({ standings }) => standings);
    const away = known.filter(({ state }) => state !== 'closed');
    return { status: 'up', detail: `${away.length} of ${known.length} in use are left alone` };
  }

  private quota(): Component {
    const { presence, spool, fleet } = this;
    const waiting = `${spool.entries} entries wait in the spool`;
    if (presence.away)
      return {
        status: 'degraded',
        detail: `limits are shared among ${fleet.size} gateways, hard budgets are not checked, ${waiting}`,
      };
    return spool.entries > 0 ? { status: 'degraded', detail: waiting } : { status: 'up' };
  }

  private awaySince(): string {
    return `away since ${new Date(this.presence.awaySinceMs ?? 0).toISOString()}`;
  }
}
