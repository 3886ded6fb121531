import { Module } from '@nestjs/common';
import { ExportsController } from './exports.controller.js';
import { ExportsService } from './exports.service.js';

/** Files of requests, usage and audit events. */
@Module({ controllers: [ExportsController], providers: [ExportsService] })
export class ExportsModule {}
