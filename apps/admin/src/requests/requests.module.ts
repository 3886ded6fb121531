import { Module } from '@nestjs/common';
import { CostLines } from './cost/cost-lines.service.js';
import { LiveController } from './live/live.controller.js';
import { LiveCalls } from './live/live-calls.js';
import { RequestsController } from './requests.controller.js';
import { RequestsService } from './requests.service.js';

/** The log of calls, and calls as they happen. Live first: `live` is no id. */
@Module({ controllers: [LiveController, RequestsController], providers: [RequestsService, LiveCalls, CostLines] })
export class RequestsModule {}
