import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import {
  CheckedField,
  ChoiceField,
  IntegerField,
  ObjectField,
  ObjectListField,
  ReferenceField,
  SlugField,
  TextListField,
} from '../http/fields.js';
import { whenFlaw } from './when.js';

const STRATEGIES = ['priority', 'weighted', 'cost', 'latency', 'least-busy'] as const;
const TARGETS_MAX = 50;
const RULES_MAX = 50;
const HOUR_MS = 3_600_000;
const YEAR_SECONDS = 31_536_000;

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
    whenFlaw,
    { type: 'object', additionalProperties: true },
    {
      about:
        'All must hold: model, team, service, agent, surface (text or list, `*` is a wildcard), tags (object of these)',
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
}

export class CacheBody {
  @IntegerField({ min: 1, max: YEAR_SECONDS })
  ttlSeconds!: number;
}

export class ShadowBody {
  @ReferenceField({ about: 'Model, by slug or id' })
  model!: string;

  @IntegerField({ min: 1, max: 100, about: 'Share of calls' })
  percent!: number;
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
