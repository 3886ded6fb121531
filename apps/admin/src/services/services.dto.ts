import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import {
  BooleanField,
  CheckedField,
  ChoiceField,
  ObjectField,
  ReferenceField,
  SlugField,
  TextField,
  TextListField,
} from '../http/fields.js';
import { boundedObject } from '../http/json-checks.js';
import { ActsForBody } from './acts-for.dto.js';

const KINDS = ['service', 'agent'] as const;
const METADATA_BYTES_MAX = 8 * 1024;

export class CreateService {
  @SlugField({ example: 'checkout' })
  slug!: string;

  @TextField({ max: 200, example: 'Checkout' })
  name!: string;

  @ReferenceField({ about: 'Slug or id', example: 'engineering' })
  team!: string;

  @ChoiceField(KINDS, { optional: true, default: 'service' })
  kind?: (typeof KINDS)[number];

  @TextListField({
    maxItems: 200,
    maxLength: 200,
    optional: true,
    default: ['*'],
    about: 'Route names or `provider/model` patterns; `*` stands for any run of characters',
  })
  allowedModels?: string[];

  @CheckedField(
    boundedObject(METADATA_BYTES_MAX),
    { type: 'object', additionalProperties: true },
    { optional: true, about: 'Yours; at most 8 KB as JSON' },
  )
  metadata?: Record<string, unknown>;

  @ObjectField(ActsForBody, {
    optional: true,
    nullable: true,
    about: 'On whose behalf it may act, see docs/guides/agents.md; null or left out: nobody’s',
  })
  actsFor?: ActsForBody | null;

  @BooleanField({
    optional: true,
    default: false,
    about: 'Only access tokens that are bound to a key (DPoP, RFC 9449) open the gateway for it',
  })
  requireDpop?: boolean;
}

export class UpdateService extends PartialType(OmitType(CreateService, ['slug', 'kind']), {
  skipNullProperties: false,
}) {}

export class ServiceAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Slug' })
  team!: string;

  @ApiProperty({ enum: KINDS })
  kind!: string;

  @ApiProperty({ description: 'For the token endpoint' })
  clientId!: string;

  @ApiProperty({ type: [String] })
  allowedModels!: string[];

  @ApiProperty({ type: 'object', additionalProperties: true })
  metadata!: unknown;

  @ApiProperty({ type: ActsForBody, nullable: true })
  actsFor!: ActsForBody | null;

  @ApiProperty()
  requireDpop!: boolean;

  @ApiProperty({ type: Date, nullable: true, description: 'From then on it makes no calls and gets no tokens' })
  decommissionedAt!: Date | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

export class CreatedServiceAnswer extends ServiceAnswer {
  @ApiProperty({ description: 'Shown this once' })
  clientSecret!: string;
}
