import { Param, Query } from '@nestjs/common';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { OrganizationResource, Read } from '../http/resource.js';
import { AuditEventAnswer, VerificationAnswer } from './audit-events.dto.js';
import { AuditEventsService } from './audit-events.service.js';

@OrganizationResource('audit-events')
export class AuditEventsController {
  constructor(private readonly auditEvents: AuditEventsService) {}

  @List(AuditEventAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<AuditEventAnswer>> {
    return this.auditEvents.list(organization, query);
  }

  @Read(VerificationAnswer, 'verify')
  verify(@Param('organization') organization: string): Promise<VerificationAnswer> {
    return this.auditEvents.verify(organization);
  }
}
