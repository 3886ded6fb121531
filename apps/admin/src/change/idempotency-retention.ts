import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PrismaClient } from '#libs/database';
import type { Logger } from '#libs/telemetry';
import { LOGGER } from '../connections/tokens.js';
import { forgetOldAnswers } from './idempotency.js';

const EVERY_MS = 3_600_000;

/** Deletes answers kept for idempotency once they are past their time, every hour. */
@Injectable()
export class IdempotencyRetention implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: PrismaClient,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.forget(), EVERY_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async forget(): Promise<void> {
    try {
      await forgetOldAnswers(this.database);
    } catch (error) {
      this.logger.warn({ error }, 'old idempotency keys not deleted, will be tried again');
    }
  }
}
