import { Body, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AdminPrincipal } from '#libs/identity';
import { PrincipalOf } from '../access/access.js';
import { ListQuery, type Page } from '../http/list.js';
import { List } from '../http/page-answer.js';
import { Create, OrganizationResource, Read } from '../http/resource.js';
import { type Write, WriteOf } from '../http/write.js';
import { CreateExport, ExportAnswer } from './exports.dto.js';
import { ExportsService } from './exports.service.js';

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl',
};

@OrganizationResource('exports')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  /** Orders a file; a worker writes it. A large one answers `waiting` or `running`: ask again. */
  @Create(ExportAnswer)
  create(
    @Param('organization') organization: string,
    @Body() body: CreateExport,
    @WriteOf() write: Write,
  ): Promise<ExportAnswer> {
    return this.exports.create(organization, body, write);
  }

  @List(ExportAnswer)
  list(@Param('organization') organization: string, @Query() query: ListQuery): Promise<Page<ExportAnswer>> {
    return this.exports.list(organization, query);
  }

  @Read(ExportAnswer, ':export')
  get(@Param('organization') organization: string, @Param('export') id: string): Promise<ExportAnswer> {
    return this.exports.get(organization, id);
  }

  /** The file: CSV (RFC 4180, safe to open in a spreadsheet) or one JSON object per line. */
  @Get(':export/download')
  @ApiProduces('text/csv', 'application/jsonl')
  @ApiOkResponse({ schema: { type: 'string' } })
  async download(
    @Param('organization') organization: string,
    @Param('export') id: string,
    @PrincipalOf() principal: AdminPrincipal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { name, format, bytes, file } = await this.exports.download(organization, id, principal);
    reply.header('content-disposition', `attachment; filename="${name}"`);
    return new StreamableFile(file, { length: bytes, type: TYPES[format] ?? 'application/octet-stream' });
  }
}
