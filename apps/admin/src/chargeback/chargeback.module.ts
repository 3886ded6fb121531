import { Module } from '@nestjs/common';
import { ChargebackController } from './chargeback.controller.js';
import { ChargebackService } from './chargeback.service.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DeadLettersService } from './dead-letters/dead-letters.service.js';
import { ReRatingsController } from './re-ratings/re-ratings.controller.js';
import { ReRatingsService } from './re-ratings/re-ratings.service.js';
import { ReconciliationsController } from './reconciliations/reconciliations.controller.js';
import { ReconciliationsService } from './reconciliations/reconciliations.service.js';

/** Statements, adjustments and their CSV; reconciliations with providers' exports; re-ratings; dead letters. */
@Module({
  controllers: [ChargebackController, ReconciliationsController, ReRatingsController, DeadLettersController],
  providers: [ChargebackService, ReconciliationsService, ReRatingsService, DeadLettersService],
})
export class ChargebackModule {}
