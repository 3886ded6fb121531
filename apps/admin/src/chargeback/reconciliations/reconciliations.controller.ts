import { Get, Header, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ListQuery, type Page } from '../../http/list.js';
import { List } from '../../http/page-answer.js';
import { Create, OrganizationResource, Read } from '../../http/resource.js';
import { TakesUpload, type Upload, UploadOf } from '../../http/upload.js';
import { type Write, WriteOf } from '../../http/write.js';
import {
  LinesQuery,
  ReconciliationAnswer,
  ReconciliationQuery,
  ReconciliationWithLines,
} from './reconciliations.dto.js';
import { ReconciliationsService } from './reconciliations.service.js';

@OrganizationResource('chargeback/reconciliations')
export class ReconciliationsController {
  constructor(private readonly reconciliations: ReconciliationsService) {}

  /** Holds a provider's usage or cost export against the ledger. The same file again is the same reconciliation. */
  @Create(ReconciliationWithLines)
  @TakesUpload()
  create(
    @Param('organization') organization: string,
    @Query() query: ReconciliationQuery,
    @UploadOf() upload: Upload,
    @WriteOf() write: Write,
  ): Promise<ReconciliationWithLines> {
    return this.reconciliations.create(organization, query, upload, write);
  }

  @List(ReconciliationAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<ReconciliationAnswer>> {
    return this.reconciliations.list(organization, query);
  }

  /** All lines as CSV, or those of one outcome. */
  @Get(':reconciliation.csv')
  @Header('content-type', 'text/csv; charset=utf-8; header=present')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async csv(
    @Param('organization') organization: string,
    @Param('reconciliation') reconciliation: string,
    @Query() query: LinesQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { name, csv } = await this.reconciliations.csv(organization, reconciliation, query);
    reply.header('content-disposition', `attachment; filename="${name}"`);
    return new StreamableFile(csv);
  }

  @Read(ReconciliationWithLines, ':reconciliation')
  get(
    @Param('organization') organization: string,
    @Param('reconciliation') reconciliation: string,
    @Query() query: LinesQuery,
  ): Promise<ReconciliationWithLines> {
    return this.reconciliations.get(organization, reconciliation, query);
  }
}
