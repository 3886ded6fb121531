import { ApiProperty, PickType } from '@nestjs/swagger';
import { RequestAnswer } from '../requests.dto.js';

/** As much of a call as a list shows. */
export class LiveRequest extends PickType(RequestAnswer, [
  'id',
  'at',
  'team',
  'service',
  'agent',
  'route',
  'model',
  'provider',
  'requestedModel',
  'status',
  'error',
  'costUsd',
  'latencyMs',
  'firstTokenMs',
  'cache',
] as const) {}

/** Calls that were settled since the last event. */
export class LiveBatch {
  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer', description: 'Answered with a status of 400 or more' })
  errors!: number;

  @ApiProperty({ type: 'integer' })
  inputTokens!: number;

  @ApiProperty({ type: 'integer' })
  outputTokens!: number;

  @ApiProperty({ description: 'Exact decimal' })
  costUsd!: string;

  @ApiProperty({ type: [LiveRequest], description: 'Newest first, at most 50' })
  newest!: LiveRequest[];
}
