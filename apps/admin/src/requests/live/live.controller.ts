import { Get, Param, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReachOf } from '../../access/access.js';
import { type Reach, slugsInReach } from '../../access/reach.js';
import { Organizations } from '../../change/organizations.js';
import { OrganizationResource } from '../../http/resource.js';
import { invalidField } from '../../http/validation.js';
import { LiveBatch } from './live.dto.js';
import { LiveCalls } from './live-calls.js';
import { streamCalls } from './live-stream.js';

const EVENT_STREAM = 'text/event-stream';

@OrganizationResource('requests/live')
@ApiExtraModels(LiveBatch)
export class LiveController {
  constructor(
    private readonly organizations: Organizations,
    private readonly calls: LiveCalls,
  ) {}

  /**
   * Calls as they are settled: server-sent events `calls`, each a LiveBatch, at most two a second. Ends after five minutes;
   * ask again then. Needs `accept: text/event-stream`.
   */
  @Get()
  @ApiResponse({
    status: 200,
    description: 'Events `calls`',
    content: { [EVENT_STREAM]: { schema: { $ref: getSchemaPath(LiveBatch) } } },
  })
  async live(
    @Param('organization') organization: string,
    @ReachOf() reach: Reach,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const organizationId = await this.organizations.idOf(organization);
    if (!request.headers.accept?.includes(EVENT_STREAM)) throw invalidField('accept', `must be ${EVENT_STREAM}`);
    const teams = slugsInReach(reach);
    streamCalls(reply, (tell) =>
      this.calls.listen(organizationId, (events) =>
        tell(teams === undefined ? events : events.filter(({ team }) => teams.includes(team))),
      ),
    );
  }
}
