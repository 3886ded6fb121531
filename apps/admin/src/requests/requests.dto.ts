import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const nullableText = { type: String, nullable: true } as const;

export class AttemptAnswer {
  @ApiProperty({ description: 'Slug of the model tried' })
  model!: string;

  @ApiProperty({ description: '`ok`, or the error code that ended it' })
  outcome!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'When it began: milliseconds after the call arrived' })
  startMs!: number | null;

  @ApiProperty({ type: 'integer' })
  ms!: number;
}

export class FindingAnswer {
  @ApiProperty()
  guardrail!: string;

  @ApiProperty()
  check!: string;

  @ApiProperty()
  rule!: string;

  @ApiProperty({ enum: ['flag', 'redact', 'block'] })
  action!: string;

  @ApiProperty({ description: 'Where, never what: `input` or `output` and the part of the message' })
  at!: string;

  @ApiProperty({ description: '0–1' })
  confidence!: number;

  @ApiPropertyOptional({ description: 'The guardrail is in dry-run: the action was not taken' })
  dryRun?: boolean;
}

/** One call, as it was when it was settled: things are named as they were called then. */
export class RequestAnswer {
  @ApiProperty({ format: 'uuid', description: 'The call id' })
  id!: string;

  @ApiProperty({ description: '`x-request-id` of the client, or the call id' })
  requestId!: string;

  @ApiProperty({ description: 'When it arrived' })
  at!: Date;

  @ApiProperty()
  team!: string;

  @ApiProperty(nullableText)
  costCenter!: string | null;

  @ApiProperty()
  service!: string;

  @ApiProperty(nullableText)
  agent!: string | null;

  @ApiProperty(nullableText)
  session!: string | null;

  @ApiProperty(nullableText)
  endUser!: string | null;

  @ApiProperty({
    ...nullableText,
    description: 'On whose behalf the service called, kind and name; null: on its own',
    example: 'member:ada@acme.example',
  })
  subject!: string | null;

  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'The services between subject and call, the calling one first; null without a subject',
  })
  actors!: string[] | null;

  @ApiProperty()
  surface!: string;

  @ApiProperty(nullableText)
  route!: string | null;

  @ApiProperty(nullableText)
  provider!: string | null;

  @ApiProperty({ ...nullableText, description: 'Slug of the model that answered' })
  model!: string | null;

  @ApiProperty({ description: 'What the client sent as `model`' })
  requestedModel!: string;

  @ApiProperty(nullableText)
  upstreamModel!: string | null;

  @ApiProperty(nullableText)
  answeredModel!: string | null;

  @ApiProperty({ type: 'integer', description: 'HTTP status answered; 499 when the client left' })
  status!: number;

  @ApiProperty({ ...nullableText, description: 'Error code' })
  error!: string | null;

  @ApiProperty({ type: [AttemptAnswer] })
  attempts!: AttemptAnswer[];

  @ApiProperty()
  stream!: boolean;

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

  @ApiProperty({ description: 'A token count was counted here rather than reported by the provider' })
  estimated!: boolean;

  @ApiProperty({ description: 'The gateway died before settling; booked at the estimate' })
  orphaned!: boolean;

  @ApiProperty({ description: 'No price is known for the model; the cost is zero for that reason' })
  unpriced!: boolean;

  @ApiProperty({ description: 'Exact decimal' })
  costUsd!: string;

  @ApiProperty({ ...nullableText, description: 'The prices that the cost was computed with' })
  priceVersion!: string | null;

  @ApiProperty({ type: 'integer' })
  latencyMs!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  firstTokenMs!: number | null;

  @ApiProperty({ enum: ['hit', 'semantic-hit', 'miss', 'bypass'] })
  cache!: string;

  @ApiProperty({ description: 'What an answer from the cache saved, exact decimal' })
  savedUsd!: string;

  @ApiProperty({ type: [FindingAnswer] })
  findings!: FindingAnswer[];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  tags!: Readonly<Record<string, string>>;

  @ApiProperty(nullableText)
  traceId!: string | null;
}
