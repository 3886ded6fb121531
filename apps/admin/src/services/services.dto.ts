import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { CheckedField, ChoiceField, ReferenceField, SlugField, TextField, TextListField } from '../http/fields.js';
import { boundedObject } from '../http/json-checks.js';

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
