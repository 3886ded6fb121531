import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { providers } from '#libs/providers';
import { CheckedField, ChoiceField, IntegerField, SlugField, TextField } from '../http/fields.js';
import { boundedObject } from '../http/json-checks.js';

const PROVIDERS = [...providers.keys()];
const SECRET_CHARS_MAX = 8 * 1024;

export class CreateProviderCredential {
  @SlugField({ example: 'openai-main' })
  slug!: string;

  @ChoiceField(PROVIDERS, { example: 'openai' })
  provider!: string;

  @CheckedField(
    secretFlaw,
    {
      oneOf: [
        { type: 'string', minLength: 1, maxLength: SECRET_CHARS_MAX },
        { type: 'object', additionalProperties: true },
      ],
    },
    { about: 'A key, or the object that the provider wants (see the providers guide). Write-only: never answered' },
  )
  secret!: string | Record<string, unknown>;

  @TextField({
    max: 500,
    optional: true,
    nullable: true,
    about: "Where the provider is; null = the provider's own",
    example: 'https://api.openai.com/v1',
  })
  baseUrl?: string | null;

  @TextField({ max: 64, optional: true, nullable: true, example: 'eu-central-1' })
  region?: string | null;

  @IntegerField({
    min: 0,
    max: 1000,
    optional: true,
    default: 1,
    about: 'Share among credentials of the same provider',
  })
  weight?: number;
}

export class UpdateProviderCredential extends PartialType(OmitType(CreateProviderCredential, ['slug', 'provider']), {
  skipNullProperties: false,
}) {}

export class ProviderCredentialAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty({ enum: PROVIDERS })
  provider!: string;

  @ApiProperty({ description: 'Last characters of the secret; empty when it is too short to show any' })
  hint!: string;

  @ApiProperty({ type: String, nullable: true })
  baseUrl!: string | null;

  @ApiProperty({ type: String, nullable: true })
  region!: string | null;

  @ApiProperty({ type: 'integer' })
  weight!: number;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

export class ProbeAnswer {
  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'HTTP status; null when none arrived' })
  status!: number | null;

  @ApiProperty({ type: 'integer' })
  latencyMs!: number;

  @ApiProperty()
  message!: string;
}

function secretFlaw(value: unknown): string | undefined {
  if (typeof value !== 'string')
    return boundedObject(SECRET_CHARS_MAX)(value)?.replace('an object', 'a string or an object');
  // It travels in a header, where nothing but visible characters can stand.
  return /^[\x21-\x7e]+$/.test(value) && value.length <= SECRET_CHARS_MAX
    ? undefined
    : `must be 1–${SECRET_CHARS_MAX} visible ASCII characters`;
}
