import { Module } from '@nestjs/common';
import { ChargebackController } from './chargeback.controller.js';
import { ChargebackService } from './chargeback.service.js';
import { ReconciliationsController } from './reconciliations/reconciliations.controller.js';
import { ReconciliationsService } from './reconciliations/reconciliations.service.js';

/** Statements, adjustments and their CSV; reconciliations with providers' exports. */
@Module({
  controllers: [ChargebackController, ReconciliationsController],
  providers: [ChargebackService, ReconciliationsService],
})
export class ChargebackModule {}
