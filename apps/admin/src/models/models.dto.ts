import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { providers } from '#libs/providers';
import {
  BooleanField,
  CheckedField,
  ChoiceField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  ReferenceField,
  SlugField,
  TextField,
  UsdField,
} from '../http/fields.js';

const PROVIDERS = [...providers.keys()];
const TOKENS_MAX = 100_000_000;
/** It may become part of a URL's path: nothing that would lead out of it. */
const UPSTREAM_MODEL = /^(?!.*\.\.)(?:(?![\\?#%])[!-~])+$/;

export class TokenPricesBody {
  @UsdField({ example: '2.50' })
  inputPerMillion!: string;

  @UsdField({ example: '10.00' })
  outputPerMillion!: string;

  @UsdField({ optional: true })
  cachedInputPerMillion?: string;

  @UsdField({ optional: true })
  cacheWritePerMillion?: string;

  @UsdField({ optional: true, about: 'Absent: as any cache write' })
  cacheWrite1hPerMillion?: string;

  @UsdField({ optional: true, about: 'Absent: as output' })
  reasoningPerMillion?: string;

  @UsdField({ optional: true, about: 'Absent: as input' })
  audioInputPerMillion?: string;

  @UsdField({ optional: true, about: 'Absent: as output' })
  audioOutputPerMillion?: string;
}

class ServiceTiersBody {
  @ObjectField(TokenPricesBody, { optional: true })
  batch?: TokenPricesBody;

  @ObjectField(TokenPricesBody, { optional: true })
  flex?: TokenPricesBody;

  @ObjectField(TokenPricesBody, { optional: true })
  priority?: TokenPricesBody;
}

export class ModelPricesBody extends TokenPricesBody {
  @UsdField({ optional: true })
  perRequest?: string;

  @ObjectField(ServiceTiersBody, { optional: true, about: 'Of calls that the provider bills in another tier' })
  serviceTiers?: ServiceTiersBody;

  @CheckedField(
    perToolFlaw,
    { type: 'object', additionalProperties: { type: 'string' } },
    { optional: true, about: 'For each call of one of the provider’s own tools', example: { web_search: '0.01' } },
  )
  perTool?: Record<string, string>;
}

export class ScheduledPricesBody {
  @InstantField({ about: 'For calls that arrive from then on', example: '2027-01-01T00:00:00Z' })
  from!: string;

  @ObjectField(ModelPricesBody)
  prices!: ModelPricesBody;
}

export class ModelLimitsBody {
  @IntegerField({ min: 1, max: TOKENS_MAX, optional: true })
  contextTokens?: number;

  @IntegerField({ min: 1, max: TOKENS_MAX, optional: true })
  maxOutputTokens?: number;
}

/** What is left out is assumed able. */
export class ModelCapabilitiesBody {
  @BooleanField({ optional: true })
  vision?: boolean;

  @BooleanField({ optional: true })
  tools?: boolean;

  @BooleanField({ optional: true })
  jsonSchema?: boolean;

  @BooleanField({ optional: true })
  audio?: boolean;

  @BooleanField({ optional: true })
  reasoning?: boolean;
}

export class CreateModel {
  @SlugField({ example: 'gpt-5-eu' })
  slug!: string;

  @ChoiceField(PROVIDERS, { example: 'openai' })
  provider!: string;

  @ReferenceField({ about: 'Provider credential, by slug or id; of the same provider', example: 'openai-main' })
  credential!: string;

  @TextField({ max: 200, pattern: UPSTREAM_MODEL, about: 'As the provider calls it', example: 'gpt-5' })
  model!: string;

  @TextField({ max: 64, optional: true, nullable: true, example: 'eu' })
  region?: string | null;

  @ObjectField(ModelPricesBody, { optional: true, nullable: true, about: 'USD; null = the catalogue’s' })
  prices?: ModelPricesBody | null;

  @ObjectListField(ScheduledPricesBody, {
    maxItems: 100,
    optional: true,
    about: 'Prices that begin later; each holds until the next begins',
  })
  priceSchedule?: ScheduledPricesBody[];

  @ObjectField(ModelLimitsBody, { optional: true })
  limits?: ModelLimitsBody;

  @ObjectField(ModelCapabilitiesBody, { optional: true })
  capabilities?: ModelCapabilitiesBody;
}

export class UpdateModel extends PartialType(OmitType(CreateModel, ['slug', 'provider']), {
  skipNullProperties: false,
}) {}

/** What gateways have seen of a model lately. `unknown`: none has asked it. */
export class ModelHealthAnswer {
  @ApiProperty({
    enum: ['closed', 'half-open', 'resting', 'open', 'unknown'],
    description: 'The worst that a gateway sees',
  })
  state!: string;

  @ApiProperty({ type: Date, nullable: true, description: 'When it will be asked again; null = now' })
  until!: Date | null;

  @ApiProperty({ type: 'integer', description: 'How many gateways have seen it' })
  gateways!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Average time to first token' })
  firstTokenMs!: number | null;
}

export class ModelAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty({ enum: PROVIDERS })
  provider!: string;

  @ApiProperty({ description: 'Slug' })
  credential!: string;

  @ApiProperty()
  model!: string;

  @ApiProperty({ type: String, nullable: true })
  region!: string | null;

  @ApiProperty({ type: ModelPricesBody, nullable: true, description: 'Null = the catalogue’s' })
  prices!: unknown;

  @ApiProperty({ type: [ScheduledPricesBody] })
  priceSchedule!: unknown;

  @ApiProperty({ type: ModelLimitsBody })
  limits!: unknown;

  @ApiProperty({ type: ModelCapabilitiesBody })
  capabilities!: unknown;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

/** A model with what gateways see of it. */
export class ModelStateAnswer extends ModelAnswer {
  @ApiProperty({ type: ModelHealthAnswer })
  health!: ModelHealthAnswer;
}

const TOOLS_MAX = 20;

function perToolFlaw(value: unknown): string | undefined {
  const flaw = `must be at most ${TOOLS_MAX} tools with a decimal amount in USD each`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return flaw;
  const isRight = ([tool, amount]: [string, unknown]): boolean =>
    /^\w{1,64}$/.test(tool) && typeof amount === 'string' && /^\d{1,9}(\.\d{1,9})?$/.test(amount);
  const entries = Object.entries(value);
  return entries.length <= TOOLS_MAX && entries.every(isRight) ? undefined : flaw;
}
