import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CheckedField, ChoiceField, InstantField } from '../../http/fields.js';
import { type PublicJwks, publicJwks } from './jwks.js';

const KINDS = ['secret', 'jwks'] as const;

export class CreateCredential {
  @ChoiceField(KINDS, { optional: true, about: 'Left out: jwks when keys are given, else secret' })
  kind?: (typeof KINDS)[number];

  @CheckedField(
    publicJwks,
    { type: 'object', additionalProperties: true },
    { optional: true, about: 'Public keys (RFC 7517) for private_key_jwt; without them a secret is made' },
  )
  jwks?: PublicJwks;

  @InstantField({ optional: true, about: 'Valid until; left out: until deleted' })
  expiresAt?: string;
}

export class CredentialAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: KINDS })
  kind!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Last characters of the secret' })
  hint!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  jwks!: unknown;

  @ApiProperty({ type: Date, nullable: true })
  expiresAt!: Date | null;

  @ApiProperty({ type: Date, nullable: true })
  lastUsedAt!: Date | null;

  @ApiProperty()
  createdAt!: Date;
}

export class CreatedCredentialAnswer extends CredentialAnswer {
  @ApiProperty()
  clientId!: string;

  @ApiPropertyOptional({ description: 'Shown this once; absent for keys' })
  clientSecret?: string;
}
