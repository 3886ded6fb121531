import { Body, Param } from '@nestjs/common';
import { OrganizationResource, Read, Update } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { SettingsAnswer, UpdateSettings } from './settings.dto.js';
import { SettingsService } from './settings.service.js';

/** What an organization decides for itself as a whole. There is one, and it always exists. */
@OrganizationResource('settings')
export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  @Read(SettingsAnswer, '')
  get(@Param('organization') organization: string): Promise<SettingsAnswer> {
    return this.settings.get(organization);
  }

  @Update(SettingsAnswer, '')
  update(
    @Param('organization') organization: string,
    @Body() body: UpdateSettings,
    @WriteOf() write: Write,
  ): Promise<SettingsAnswer> {
    return this.settings.update(organization, body, write);
  }
}
