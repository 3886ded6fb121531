import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { CheckedField, ChoiceField, ObjectField, SlugField, UsdField } from '../http/fields.js';
import { ScopeBody } from '../scope/scope.dto.js';
import { sharesFlaw, timezoneFlaw } from './checks.js';

const PERIODS = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const;
const ENFORCEMENTS = ['hard', 'soft'] as const;

export class CreateBudget {
  @SlugField({ example: 'search-monthly' })
  slug!: string;

  @ObjectField(ScopeBody, { about: 'Empty = the whole organization', example: { team: 'search' } })
  scope!: ScopeBody;

  @UsdField({ about: 'USD', example: '500.00' })
  amount!: string;

  @ChoiceField(PERIODS)
  period!: (typeof PERIODS)[number];

  @ChoiceField(ENFORCEMENTS, { optional: true, default: 'hard', about: 'hard refuses calls, soft only tells' })
  enforcement?: (typeof ENFORCEMENTS)[number];

  @CheckedField(
    sharesFlaw,
    { type: 'array', items: { type: 'number', minimum: 0.001, maximum: 10 }, maxItems: 10 },
    { optional: true, default: [], about: 'Shares of the amount at which to tell', example: [0.5, 0.8, 1] },
  )
  alertsAt?: number[];

  @CheckedField(
    timezoneFlaw,
    { type: 'string', maxLength: 64 },
    { optional: true, default: 'UTC', about: 'IANA name; periods begin at its midnight', example: 'Europe/Berlin' },
  )
  timezone?: string;
}

/** What a budget counts stays: another scope, period or timezone is another budget. */
export class UpdateBudget extends PartialType(OmitType(CreateBudget, ['slug', 'scope', 'period', 'timezone']), {
  skipNullProperties: false,
}) {}

export class BudgetAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty({ type: ScopeBody })
  scope!: unknown;

  @ApiProperty({ description: 'USD' })
  amount!: string;

  @ApiProperty({ enum: PERIODS })
  period!: string;

  @ApiProperty({ enum: ENFORCEMENTS })
  enforcement!: string;

  @ApiProperty({ type: [Number] })
  alertsAt!: number[];

  @ApiProperty()
  timezone!: string;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

/** What a budget holds now. The amounts are null where the scope has a `*` (a counter per value), or Redis is away. */
export class BudgetStateAnswer extends BudgetAnswer {
  @ApiProperty({ type: String, nullable: true, description: 'USD, booked in this period' })
  spent!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'USD, held for running calls' })
  reserved!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'USD; below zero for a soft budget overdrawn' })
  remaining!: string | null;

  @ApiProperty({ type: Date, nullable: true, description: 'When the period ends; null = never' })
  resetsAt!: Date | null;
}
