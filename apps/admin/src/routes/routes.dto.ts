import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { type CacheScope, CONDITION_NAMES, problemWithWhen } from '#libs/routing';
import {
  BooleanField,
  CheckedField,
  ChoiceField,
  IntegerField,
  ObjectField,
  ObjectListField,
  ReferenceField,
  SlugField,
  TextListField,
} from '../http/fields.js';
import { UNKNOWN_PRICES } from '../settings/unknown-prices.js';

const STRATEGIES = ['priority', 'weighted', 'cost', 'latency', 'least-busy'] as const;
const ON_BUDGET = ['refuse', 'clamp'] as const;
const MID_STREAM = ['error', 'resume'] as const;
const TARGETS_MAX = 50;
const RULES_MAX = 50;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const YEAR_SECONDS = 31_536_000;

function problemWithShare(value: unknown): string | undefined {
  return typeof value === 'number' && value > 0 && value <= 1 ? undefined : 'must be a number above 0, at most 1';
}

export class TargetBody {
  @ReferenceField({ about: 'Model, by slug or id', example: 'gpt-5-eu' })
  model!: string;

  @IntegerField({ min: 0, max: 1_000_000, optional: true, default: 1, about: 'Share under `weighted`' })
  weight?: number;

  @IntegerField({ min: 0, max: 1000, optional: true, about: 'Lower goes first; left out: the place in the list' })
  priority?: number;
}

export class RuleBody {
  @CheckedField(
    problemWithWhen,
    { type: 'object', additionalProperties: true },
    {
      about: `All must hold: ${CONDITION_NAMES.join(', ')}. A list means any of its entries, \`*\` is a wildcard`,
      example: { team: 'search', tags: { task: ['summarize', 'translate'] } },
    },
  )
  when!: object;

  @ObjectListField(TargetBody, { minItems: 1, maxItems: TARGETS_MAX })
  targets!: TargetBody[];
}

export class RetryBody {
  @IntegerField({ min: 1, max: 10, optional: true, about: 'Most attempts for one call, over all targets' })
  attempts?: number;

  @ChoiceField(['tell', 'next'], {
    optional: true,
    default: 'tell',
    about: 'Whether a refusal by a provider’s content policy is the answer, or the next target is asked',
  })
  afterContentPolicy?: 'tell' | 'next';
}

export class SemanticBody {
  @CheckedField(
    (value) => (typeof value === 'number' && value >= 0.5 && value <= 1 ? undefined : 'must be from 0.5 to 1'),
    { type: 'number', minimum: 0.5, maximum: 1 },
    { optional: true, default: 0.9, about: 'Least cosine of the vectors' },
  )
  threshold?: number;

  @ReferenceField({ optional: true, about: 'Slug of a route for embeddings. Absent: vectors made in the gateway' })
  embeddings?: string;
}

export class CacheBody {
  @IntegerField({ min: 1, max: YEAR_SECONDS })
  ttlSeconds!: number;

  @ChoiceField(['organization', 'team', 'service', 'agent', 'user'], {
    optional: true,
    default: 'service',
    about: 'Whose calls share answers; with `user`, calls without an end user are not cached',
  })
  scope?: CacheScope;

  @IntegerField({
    min: 0,
    max: 600_000,
    optional: true,
    default: 30_000,
    about: 'How long a call waits for the answer to the same question that another one is getting, ms; 0 = not at all',
  })
  waitMs?: number;

  @IntegerField({
    min: 1_024,
    max: 16_777_216,
    optional: true,
    default: 1_048_576,
    about: 'Larger answers are not kept, bytes when compressed',
  })
  maxBytes?: number;

  @CheckedField(
    (value) => (typeof value === 'number' && value >= 0 && value <= 2 ? undefined : 'must be from 0 to 2'),
    { type: 'number', minimum: 0, maximum: 2 },
    { optional: true, default: 1, about: 'Calls with a higher temperature are not cached' },
  )
  temperatureMax?: number;

  @IntegerField({
    min: 0,
    max: 100,
    optional: true,
    default: 0,
    about: 'What an answer from the cache is booked at, percent of what the model would cost',
  })
  pricePercent?: number;

  @ObjectField(SemanticBody, {
    optional: true,
    nullable: true,
    about: 'Also answers questions that say the same in other words. Null = no',
  })
  semantic?: SemanticBody | null;
}

export class ShadowBody {
  @ReferenceField({ about: 'Model, by slug or id' })
  model!: string;

  @CheckedField(
    problemWithShare,
    { type: 'number', minimum: 0, maximum: 1 },
    { about: 'Share of calls, above 0 to 1', example: 0.05 },
  )
  share!: number;
}

export class TimeoutsBody {
  @IntegerField({ min: 1, max: MINUTE_MS, optional: true, about: 'To connect' })
  connectMs?: number;

  @IntegerField({ min: 1, max: HOUR_MS, optional: true, about: 'To the first content of a stream' })
  firstTokenMs?: number;

  @IntegerField({ min: 1, max: HOUR_MS, optional: true, about: 'Between two pieces of an answer' })
  silenceMs?: number;
}

export class HedgeBody {
  @IntegerField({
    min: 1,
    max: HOUR_MS,
    optional: true,
    about: 'Left out: the model’s 95th percentile of the time to first token',
  })
  afterMs?: number;
}

export class CreateRoute {
  @SlugField({ about: 'What applications put in `model`', example: 'chat' })
  slug!: string;

  @ObjectListField(TargetBody, { minItems: 1, maxItems: TARGETS_MAX })
  targets!: TargetBody[];

  @ChoiceField(STRATEGIES, { optional: true, default: 'priority' })
  strategy?: (typeof STRATEGIES)[number];

  @ObjectListField(RuleBody, {
    maxItems: RULES_MAX,
    optional: true,
    about: 'The first that holds replaces the targets',
  })
  rules?: RuleBody[];

  @ObjectField(RetryBody, { optional: true })
  retry?: RetryBody;

  @IntegerField({ min: 1, max: HOUR_MS, optional: true, nullable: true, about: 'For the whole call' })
  timeoutMs?: number | null;

  @ObjectField(TimeoutsBody, { optional: true, about: 'For parts of each attempt' })
  timeouts?: TimeoutsBody;

  @ChoiceField(MID_STREAM, {
    optional: true,
    default: 'error',
    about: 'When a stream breaks after content has gone out: say so, or let the next target continue the text',
  })
  midStream?: (typeof MID_STREAM)[number];

  @ObjectField(HedgeBody, {
    optional: true,
    nullable: true,
    about: 'A second attempt on the next target when the first content is late; both are paid',
  })
  hedge?: HedgeBody | null;

  @ChoiceField(ON_BUDGET, {
    optional: true,
    default: 'refuse',
    about: 'When a call might cost more than a hard budget has left: refuse it, or lower its limit on output tokens',
  })
  onBudget?: (typeof ON_BUDGET)[number];

  @BooleanField({
    optional: true,
    default: false,
    about:
      'Only models that can be told every parameter of a call may take it; if none can, the call is refused. Else the answer lists what was left out',
  })
  strict?: boolean;

  @ObjectField(CacheBody, { optional: true, nullable: true, about: 'Null = no cache' })
  cache?: CacheBody | null;

  @TextListField({
    maxItems: 20,
    maxLength: 64,
    optional: true,
    about: 'Regions it may not leave; empty = anywhere',
    example: ['eu'],
  })
  residency?: string[];

  @ChoiceField(['session', 'user'], { optional: true, nullable: true })
  stickiness?: string | null;

  @ObjectField(ShadowBody, { optional: true, nullable: true })
  shadow?: ShadowBody | null;

  @ChoiceField(UNKNOWN_PRICES, {
    optional: true,
    nullable: true,
    about: 'What becomes of calls to a model without a known price; null = as the settings say',
  })
  unknownPrices?: (typeof UNKNOWN_PRICES)[number] | null;
}

export class UpdateRoute extends PartialType(OmitType(CreateRoute, ['slug']), { skipNullProperties: false }) {}

class TargetAnswer {
  @ApiProperty({ description: 'Slug' })
  model!: string;

  @ApiProperty({ type: 'integer' })
  weight!: number;

  @ApiProperty({ type: 'integer' })
  priority!: number;
}

class RuleAnswer {
  @ApiProperty({ type: 'object', additionalProperties: true })
  when!: object;

  @ApiProperty({ type: [TargetAnswer] })
  targets!: TargetAnswer[];
}

export class RouteAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty({ type: [TargetAnswer] })
  targets!: unknown;

  @ApiProperty({ enum: STRATEGIES })
  strategy!: string;

  @ApiProperty({ type: [RuleAnswer] })
  rules!: unknown;

  @ApiProperty({ type: RetryBody })
  retry!: unknown;

  @ApiProperty({ type: 'integer', nullable: true })
  timeoutMs!: number | null;

  @ApiProperty({ type: TimeoutsBody })
  timeouts!: unknown;

  @ApiProperty({ enum: MID_STREAM })
  midStream!: string;

  @ApiProperty({ type: HedgeBody, nullable: true })
  hedge!: unknown;

  @ApiProperty({ enum: ON_BUDGET })
  onBudget!: string;

  @ApiProperty()
  strict!: boolean;

  @ApiProperty({ enum: UNKNOWN_PRICES, nullable: true })
  unknownPrices!: string | null;

  @ApiProperty({ type: CacheBody, nullable: true })
  cache!: unknown;

  @ApiProperty({ type: [String] })
  residency!: string[];

  @ApiProperty({ type: String, nullable: true })
  stickiness!: string | null;

  @ApiProperty({ type: ShadowBody, nullable: true })
  shadow!: unknown;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}
