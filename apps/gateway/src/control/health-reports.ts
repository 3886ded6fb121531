import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Clock } from '#libs/core';
import { HEALTH_REPORT_VALID_MS, type ModelHealthReport } from '#libs/messages';
import { keys } from '#libs/redis';
import type { CallMetrics } from '../call/call-metrics.js';
import type { ModelStandings, Standing } from './model-standings.js';

const EVERY_MS = 3_000;
/** Every so many rounds, reports of gateways that died are taken away. */
const CLEANING_ROUND = 20;

/**
 * Tells the control plane, for people to see, what this gateway knows of the models it asks. Nothing is decided by these
 * reports; one that does not arrive is missed until the next.
 */
export class HealthReports {
  private readonly name = randomUUID();
  private readonly timer: NodeJS.Timeout;
  private readonly reported = new Set<string>();
  private round = 0;

  constructor(
    private readonly redis: Redis,
    private readonly standings: ModelStandings,
    private readonly metrics: Pick<CallMetrics, 'firstTokenMs'>,
    private readonly clock: Clock,
  ) {
    this.timer = setInterval(() => void this.report(), EVERY_MS);
    this.timer.unref();
  }

  /** Never rejects. */
  async report(): Promise<void> {
    this.round += 1;
    const known = this.standings.all().filter(({ standings }) => standings.length > 0);
    const reports = known.map(({ organization, standings }) => this.reportOf(organization.id, standings));
    await Promise.all(reports).catch(() => undefined);
  }

  /** Takes its reports back. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    const gone = [...this.reported].map((id) => this.redis.hdel(keys.modelHealthReports(id), this.name));
    await Promise.allSettled(gone);
  }

  private async reportOf(organizationId: string, standings: readonly Standing[]): Promise<void> {
    this.reported.add(organizationId);
    const models = standings.map(({ model: { id }, state, untilMs }) => ({
      id,
      state,
      untilMs,
      firstTokenMs: this.metrics.firstTokenMs(id),
    }));
    const report: ModelHealthReport = { atMs: this.clock.now(), models };
    const key = keys.modelHealthReports(organizationId);
    await this.redis.hset(key, this.name, JSON.stringify(report));
    await this.redis.pexpire(key, HEALTH_REPORT_VALID_MS);
    if (this.round % CLEANING_ROUND === 0) await this.forgetTheDead(key);
  }

  private async forgetTheDead(key: string): Promise<void> {
    const oldest = this.clock.now() - HEALTH_REPORT_VALID_MS;
    const dead = Object.entries(await this.redis.hgetall(key))
      .filter(([, report]) => (JSON.parse(report) as ModelHealthReport).atMs < oldest)
      .map(([name]) => name);
    if (dead.length > 0) await this.redis.hdel(key, ...dead);
  }
}
