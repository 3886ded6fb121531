import { Module } from '@nestjs/common';
import { ChargebackController } from './chargeback.controller.js';
import { ChargebackService } from './chargeback.service.js';
import { ClosingQueue } from './closing-queue.js';

/** Statements, adjustments and their CSV. */
@Module({ controllers: [ChargebackController], providers: [ChargebackService, ClosingQueue] })
export class ChargebackModule {}
