import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Clock } from '#libs/core';
import type { Budget as BudgetRow } from '#libs/database';
import { type Budget, type BudgetState, isOpen, periodOf, readBudget } from '#libs/quota';
import type { Logger } from '#libs/telemetry';
import { CLOCK, LOGGER, REDIS } from '../connections/tokens.js';
import type { BudgetStateAnswer } from './budgets.dto.js';
import { toQuota, withState } from './budgets.mapping.js';

/** Adds to budgets what their counters in Redis say. */
@Injectable()
export class BudgetStates {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A budget can be looked at while Redis is away; what it holds is then not known. */
  async of(row: BudgetRow): Promise<BudgetStateAnswer> {
    const budget = toQuota(row);
    const nowMs = this.clock.now();
    const state = isOpen(budget.scope) ? null : await this.read(row.organizationId, budget, nowMs);
    return withState(row, state, periodOf(budget.period, budget.timezone, nowMs).endMs);
  }

  private async read(organizationId: string, budget: Budget, nowMs: number): Promise<BudgetState | null> {
    try {
      return await readBudget(this.redis, { organizationId, budget, nowMs });
    } catch (error) {
      this.logger.warn({ budget: budget.id, error }, 'the counter of a budget cannot be read');
      return null;
    }
  }
}
