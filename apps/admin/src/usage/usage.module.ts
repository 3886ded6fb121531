import { Module } from '@nestjs/common';
import { UsageController } from './usage.controller.js';
import { UsageService } from './usage.service.js';

/** Reports of usage and cost. */
@Module({ controllers: [UsageController], providers: [UsageService] })
export class UsageModule {}
