import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { CheckedField, ReferenceField, TextField } from '../http/fields.js';

const nullableText = { type: String, nullable: true } as const;

export class CreateStatement {
  @TextField({ max: 7, pattern: /^2\d{3}-(0[1-9]|1[0-2])$/, about: 'A month, UTC', example: '2026-11' })
  period!: string;

  @ApiPropertyOptional({ default: false, description: 'Compute the lines as of now, and leave the statement open' })
  @IsOptional()
  @IsBoolean()
  preview?: boolean;
}

export class CreateAdjustment {
  @ReferenceField({ about: 'Slug of a team, or of one that the statement names' })
  team!: string;

  @ReferenceField({ optional: true, nullable: true, about: 'Slug of a service; absent = the team as a whole' })
  service?: string | null;

  @CheckedField(
    signedAmountFlaw,
    { type: 'string', maxLength: 20 },
    { about: 'USD, signed: negative is a credit', example: '-12.50' },
  )
  amount!: string;

  @TextField({ max: 500, example: 'Credit for the outage of 3 November' })
  reason!: string;
}

export class AdjustmentAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  statement!: string;

  @ApiProperty(nullableText)
  costCenter!: string | null;

  @ApiProperty()
  team!: string;

  @ApiProperty(nullableText)
  service!: string | null;

  @ApiProperty({ description: 'USD, signed' })
  amount!: string;

  @ApiProperty()
  reason!: string;

  @ApiProperty()
  createdAt!: Date;
}

export class StatementAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: '2026-11' })
  period!: string;

  @ApiProperty({
    enum: ['preview', 'closing', 'closed'],
    description: '`closing` while a worker computes the last lines',
  })
  status!: string;

  @ApiProperty({ description: 'Sum of usage and adjustments, exact decimal' })
  totalUsd!: string;

  @ApiProperty({ description: 'Sum of the usage lines' })
  usageUsd!: string;

  @ApiProperty({ description: 'Sum of the adjustments, those entered after closing included' })
  adjustmentUsd!: string;

  @ApiProperty({
    ...nullableText,
    description: 'SHA-256 over the usage lines of a closed statement, also in the audit trail',
  })
  linesHash!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: Date | null;

  @ApiProperty()
  createdAt!: Date;
}

export class StatementLineAnswer {
  @ApiProperty({
    enum: ['usage', 'manual', 're-rating', 'shared-cost', 'markup'],
    description: '`usage` is the ledger; the others adjust it: entered by hand, for corrected prices, or by a rule',
  })
  kind!: string;

  @ApiProperty(nullableText)
  costCenter!: string | null;

  @ApiProperty()
  team!: string;

  @ApiProperty(nullableText)
  service!: string | null;

  @ApiProperty(nullableText)
  agent!: string | null;

  @ApiProperty(nullableText)
  provider!: string | null;

  @ApiProperty(nullableText)
  model!: string | null;

  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer' })
  inputTokens!: number;

  @ApiProperty({ type: 'integer' })
  cachedInputTokens!: number;

  @ApiProperty({ type: 'integer' })
  cacheWriteTokens!: number;

  @ApiProperty({ type: 'integer' })
  outputTokens!: number;

  @ApiProperty({ type: 'integer' })
  reasoningTokens!: number;

  @ApiProperty()
  costUsd!: string;

  @ApiProperty({ type: 'integer', description: 'Of the requests, those answered from the cache' })
  cachedRequests!: number;

  @ApiProperty({ description: 'What those saved; not a part of any sum' })
  savedUsd!: string;

  @ApiProperty()
  adjustmentUsd!: string;

  @ApiProperty()
  totalUsd!: string;

  @ApiProperty({ ...nullableText, description: 'Why, on the line of an adjustment' })
  reason!: string | null;
}

export class StatementWithLines extends StatementAnswer {
  @ApiProperty({ type: [StatementLineAnswer], description: 'The first 10,000; the CSV has all' })
  lines!: StatementLineAnswer[];
}

function signedAmountFlaw(value: unknown): string | undefined {
  if (typeof value === 'string' && /^-?\d{1,9}(\.\d{1,9})?$/.test(value) && /[1-9]/.test(value)) return undefined;
  return 'must be a decimal amount in USD other than zero, such as "-12.50"';
}
