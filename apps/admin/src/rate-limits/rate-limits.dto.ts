import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IntegerField, ObjectField } from '../http/fields.js';
import { ScopeBody } from '../scope/scope.dto.js';

const LIMIT_MAX = 1_000_000_000;

export class CreateRateLimit {
  @ObjectField(ScopeBody, { about: 'Empty = the whole organization', example: { team: 'search', user: '*' } })
  scope!: ScopeBody;

  @IntegerField({ min: 1, max: LIMIT_MAX, optional: true, nullable: true })
  requestsPerMinute?: number | null;

  @IntegerField({ min: 1, max: LIMIT_MAX, optional: true, nullable: true })
  tokensPerMinute?: number | null;

  @IntegerField({ min: 1, max: 1_000_000, optional: true, nullable: true, about: 'Calls at once' })
  maxConcurrency?: number | null;
}

export class UpdateRateLimit extends PartialType(CreateRateLimit, { skipNullProperties: false }) {}

export class RateLimitAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: ScopeBody })
  scope!: unknown;

  @ApiProperty({ type: 'integer', nullable: true })
  requestsPerMinute!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  tokensPerMinute!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  maxConcurrency!: number | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}
