import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField } from '../http/fields.js';
import { MomentField } from '../http/instant.js';

export const KINDS = ['requests', 'usage', 'audit'] as const;
export const FORMATS = ['csv', 'jsonl'] as const;

export class CreateExport {
  @ChoiceField(KINDS, { about: 'The log of calls, sums per hour, or the audit trail' })
  kind!: (typeof KINDS)[number];

  @ChoiceField(FORMATS)
  format!: (typeof FORMATS)[number];

  @MomentField('From this moment on', { required: true })
  from!: string;

  @MomentField('Exclusive', { required: true })
  to!: string;
}

export class ExportAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: KINDS })
  kind!: string;

  @ApiProperty({ enum: FORMATS })
  format!: string;

  @ApiProperty()
  from!: Date;

  @ApiProperty()
  to!: Date;

  @ApiProperty({ enum: ['waiting', 'running', 'done', 'failed', 'expired'] })
  status!: string;

  @ApiProperty({ type: 'integer', description: 'How much of the time asked for has been written, per cent' })
  progress!: number;

  @ApiProperty({ type: 'integer' })
  rows!: number;

  @ApiProperty({ type: 'integer' })
  bytes!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Where the file is, once it is done' })
  download!: string | null;

  @ApiProperty({ type: String, nullable: true })
  error!: string | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the file is deleted' })
  expiresAt!: Date | null;
}
