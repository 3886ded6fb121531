import { Body, Get, Header, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import {
  AdjustmentAnswer,
  CreateAdjustment,
  CreateStatement,
  StatementAnswer,
  StatementWithLines,
} from './chargeback.dto.js';
import { ChargebackService } from './chargeback.service.js';

@OrganizationResource('chargeback/statements')
export class ChargebackController {
  constructor(private readonly chargeback: ChargebackService) {}

  /** Closes a month, or previews it. A month that was closed may be closed again when more was recorded for it since. */
  @Create(StatementWithLines)
  create(
    @Param('organization') organization: string,
    @Body() { period, preview = false }: CreateStatement,
    @WriteOf() write: Write,
  ): Promise<StatementWithLines> {
    return preview ? this.chargeback.preview(organization, period) : this.chargeback.close(organization, period, write);
  }

  @List(StatementAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<StatementAnswer>> {
    return this.chargeback.list(organization, query);
  }

  /** All lines as CSV: RFC 4180, UTF-8, a header row, safe to open in a spreadsheet. */
  @Get(':statement.csv')
  @Header('content-type', 'text/csv; charset=utf-8; header=present')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async csv(
    @Param('organization') organization: string,
    @Param('statement') statement: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { name, csv } = await this.chargeback.csv(organization, statement);
    reply.header('content-disposition', `attachment; filename="${name}"`);
    return new StreamableFile(csv);
  }

  @Read(StatementWithLines, ':statement')
  get(@Param('organization') organization: string, @Param('statement') statement: string): Promise<StatementWithLines> {
    return this.chargeback.get(organization, statement);
  }

  /** Corrects a statement, open or closed, by a line of its own. */
  @Create(AdjustmentAnswer, ':statement/adjustments')
  adjust(
    @Param('organization') organization: string,
    @Param('statement') statement: string,
    @Body() body: CreateAdjustment,
    @WriteOf() write: Write,
  ): Promise<AdjustmentAnswer> {
    return this.chargeback.adjust(organization, statement, body, write);
  }
}
