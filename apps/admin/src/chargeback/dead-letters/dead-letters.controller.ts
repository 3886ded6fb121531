import { Param } from '@nestjs/common';
import { Ask, OrganizationResource, Read } from '../../http/resource.js';
import { type Write, WriteOf } from '../../http/write.js';
import { DeadLettersAnswer, ReplayAnswer } from './dead-letters.dto.js';
import { DeadLettersService } from './dead-letters.service.js';

@OrganizationResource('chargeback/dead-letters')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLettersService) {}

  /** Usage events that could not be recorded: they are in no statement. */
  @Read(DeadLettersAnswer, '')
  list(@Param('organization') organization: string): Promise<DeadLettersAnswer> {
    return this.deadLetters.list(organization);
  }

  /** Gives them to ingest once more. Those that still cannot be recorded come back here. */
  @Ask(ReplayAnswer, 'replay')
  replay(@Param('organization') organization: string, @WriteOf() write: Write): Promise<ReplayAnswer> {
    return this.deadLetters.replay(organization, write);
  }
}
