import { Module } from '@nestjs/common';
import { ChargebackController } from './chargeback.controller.js';
import { ChargebackService } from './chargeback.service.js';
import { ReRatingsController } from './re-ratings/re-ratings.controller.js';
import { ReRatingsService } from './re-ratings/re-ratings.service.js';
import { ReconciliationsController } from './reconciliations/reconciliations.controller.js';
import { ReconciliationsService } from './reconciliations/reconciliations.service.js';

/** Statements, adjustments and their CSV; reconciliations with providers' exports; re-ratings. */
@Module({
  controllers: [ChargebackController, ReconciliationsController, ReRatingsController],
  providers: [ChargebackService, ReconciliationsService, ReRatingsService],
})
export class ChargebackModule {}
