import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Clock } from '#libs/core';
import {
  HEALTH_REPORT_VALID_MS,
  type ModelHealthEntry,
  type ModelHealthReport,
  type ModelHealthState,
} from '#libs/messages';
import { keys } from '#libs/redis';
import type { Logger } from '#libs/telemetry';
import { CLOCK, LOGGER, REDIS } from '../connections/tokens.js';
import type { ModelHealthAnswer } from './models.dto.js';

/** From the best to the worst that gateways can report. */
const STATES: readonly ModelHealthState[] = ['closed', 'half-open', 'resting', 'open'];

/** What gateways have reported lately of an organization's models, by the model's id. */
export type HealthOf = (modelId: string) => ModelHealthAnswer;

/** Reads what gateways report of models. */
@Injectable()
export class ModelHealths {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Models can be looked at while Redis is away; of their health nothing is then known. */
  async of(organizationId: string): Promise<HealthOf> {
    const reports = await this.read(organizationId);
    return (modelId) => summary(reports.flatMap(({ models }) => models.filter(({ id }) => id === modelId)));
  }

  private async read(organizationId: string): Promise<readonly ModelHealthReport[]> {
    try {
      const values = await this.redis.hvals(keys.modelHealthReports(organizationId));
      const oldestMs = this.clock.now() - HEALTH_REPORT_VALID_MS;
      return values.map((value) => JSON.parse(value) as ModelHealthReport).filter(({ atMs }) => atMs >= oldestMs);
    } catch (error) {
      this.logger.warn({ organizationId, error }, 'the health of models cannot be read');
      return [];
    }
  }
}

/** The worst that any gateway sees: each decides for itself, and this is to show where something is wrong. */
function summary(entries: readonly ModelHealthEntry[]): ModelHealthAnswer {
  const worst = entries.toSorted((a, b) => STATES.indexOf(b.state) - STATES.indexOf(a.state))[0];
  const times = entries.flatMap(({ firstTokenMs }) => (firstTokenMs === null ? [] : [firstTokenMs]));
  return {
    state: worst?.state ?? 'unknown',
    until: worst?.untilMs == null ? null : new Date(worst.untilMs),
    gateways: entries.length,
    firstTokenMs: times.length === 0 ? null : Math.round(times.reduce((sum, ms) => sum + ms, 0) / times.length),
  };
}
