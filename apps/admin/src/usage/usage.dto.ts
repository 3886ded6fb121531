import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type PerformanceInterval, USAGE_KEYS, type UsageInterval } from '#libs/ledger';
import { ChoiceField, TextField } from '../http/fields.js';
import { MomentField } from '../http/instant.js';

const INTERVALS = ['hour', 'day', 'month'] as const satisfies readonly UsageInterval[];
const KEY = `(?:${Object.keys(USAGE_KEYS).join('|')}|tag\\.[^,\\0]{1,100})`;

export class UsageQueryParameters {
  @TextField({
    max: 1000,
    pattern: new RegExp(`^${KEY}(?:,${KEY}){0,5}$`),
    optional: true,
    about: `One to six of ${Object.keys(USAGE_KEYS).join(', ')} and tag.<key>, with commas between. Absent: one sum of all.`,
    example: 'team,model',
  })
  groupBy?: string;

  @ChoiceField(INTERVALS, { optional: true, about: 'UTC. Absent: one row per group for the whole time.' })
  interval?: UsageInterval;

  @MomentField('Default: the beginning of this month, UTC')
  from?: string;

  @MomentField('Exclusive. Default: now')
  to?: string;
}

/** Sums of one group in one interval. Beside these, each name of `groupBy` with the group's value, `tag.<key>` included. */
export class UsageRow {
  [key: string]: unknown;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Beginning of the interval, UTC' })
  at!: Date | null;

  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer', description: 'Requests answered with a status of 400 or more' })
  errors!: number;

  @ApiProperty({ type: 'integer', description: 'All input' })
  inputTokens!: number;

  @ApiProperty({ type: 'integer', description: 'Part of the input' })
  cachedInputTokens!: number;

  @ApiProperty({ type: 'integer', description: 'Part of the input' })
  cacheWriteTokens!: number;

  @ApiProperty({ type: 'integer', description: 'All output' })
  outputTokens!: number;

  @ApiProperty({ type: 'integer', description: 'Part of the output' })
  reasoningTokens!: number;

  @ApiProperty({ type: 'integer', description: 'Parts of input and output' })
  audioTokens!: number;

  @ApiProperty({ description: 'Exact decimal' })
  costUsd!: string;

  @ApiProperty({ type: 'integer', description: 'Requests answered from the cache' })
  cachedRequests!: number;

  @ApiProperty({ description: 'What they saved: their cost now, less what they were booked at. Exact decimal' })
  savedUsd!: string;
}

for (const key of Object.keys(USAGE_KEYS))
  ApiPropertyOptional({ type: String, nullable: true, description: 'When grouped by it' })(UsageRow.prototype, key);

const PERFORMANCE_INTERVALS = ['minute', 'hour', 'day'] as const satisfies readonly PerformanceInterval[];

export class PerformanceQueryParameters {
  @ChoiceField(PERFORMANCE_INTERVALS, { optional: true, about: 'UTC. Absent: one row for the whole time.' })
  interval?: PerformanceInterval;

  @MomentField('Default: 24 hours before `to`')
  from?: string;

  @MomentField('Exclusive. Default: now')
  to?: string;
}

const nullableMs = { type: 'integer', nullable: true } as const;

/** How fast calls were answered in one interval. */
export class PerformanceRow {
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Beginning of the interval, UTC' })
  at!: Date | null;

  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer', description: 'Requests answered with a status of 400 or more' })
  errors!: number;

  @ApiProperty({ type: 'integer', description: 'Requests answered by the cache' })
  cacheHits!: number;

  @ApiProperty({ ...nullableMs, description: 'Half of the calls were answered within it' })
  latencyMsP50!: number | null;

  @ApiProperty(nullableMs)
  latencyMsP95!: number | null;

  @ApiProperty({ ...nullableMs, description: 'Of streamed calls' })
  firstTokenMsP50!: number | null;

  @ApiProperty(nullableMs)
  firstTokenMsP95!: number | null;
}
