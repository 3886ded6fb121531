import { Module } from '@nestjs/common';
import { SettingsController } from './settings.controller.js';
import { SettingsService } from './settings.service.js';

/** Retention, unknown prices, and the rules of statements. */
@Module({ controllers: [SettingsController], providers: [SettingsService] })
export class SettingsModule {}
