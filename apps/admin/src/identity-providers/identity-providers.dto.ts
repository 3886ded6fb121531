import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { ROLES, type Role } from '#libs/identity';
import {
  CheckedField,
  ChoiceField,
  ObjectField,
  ObjectListField,
  ReferenceField,
  SlugField,
  TextField,
  TextListField,
} from '../http/fields.js';

const VALUE_CHARS_MAX = 500;
const CLAIMS_MAX = 10;

export class ServiceRuleBody {
  @ReferenceField({ about: 'The service that such a token stands for: slug or id' })
  service!: string;

  @TextField({
    max: VALUE_CHARS_MAX,
    about: 'One that `aud` must be or contain',
    example: 'https://gateway.acme.example',
  })
  audience!: string;

  @TextField({
    max: VALUE_CHARS_MAX,
    optional: true,
    nullable: true,
    about: 'What `sub` must be; a `*` at the end stands for anything',
    example: 'repo:acme/shop:ref:refs/heads/main',
  })
  subject?: string | null;

  @CheckedField(
    claimsFlaw,
    { type: 'object', additionalProperties: { type: 'string' } },
    {
      optional: true,
      about: 'What other claims must be, by name or dotted path; as `subject`',
      example: { env: 'prod' },
    },
  )
  claims?: Record<string, string>;
}

export class RoleMappingBody {
  @TextField({ max: 200, about: 'Name or id of a group, as the claim says it' })
  group!: string;

  @ChoiceField(ROLES)
  role!: Role;

  @ReferenceField({ optional: true, nullable: true, about: 'Slug or id: the role counts in this team only' })
  team?: string | null;
}

export class SignInBody {
  @TextField({ max: 200, about: 'Of our client at the provider' })
  clientId!: string;

  @TextField({ max: 1000, optional: true, about: 'Write-only. Left out: a public client, or the secret given before' })
  clientSecret?: string;

  @TextListField({ maxItems: 10, maxLength: 100, optional: true, default: ['openid', 'email', 'profile'] })
  scopes?: string[];

  @TextField({
    max: 200,
    optional: true,
    default: 'groups',
    about: 'The claim that lists groups; dotted within a claim',
  })
  groupsClaim?: string;

  @ObjectListField(RoleMappingBody, { maxItems: 100, about: 'Whoever is in none of the groups is not let in' })
  roles!: RoleMappingBody[];
}

export class CreateIdentityProvider {
  @SlugField({ example: 'corporate' })
  slug!: string;

  @TextField({ max: 200, example: 'Acme Login', about: 'As people see it when they sign in' })
  name!: string;

  @TextField({
    max: 500,
    example: 'https://login.acme.example/realms/acme',
    about: 'Its keys are found through {issuer}/.well-known/openid-configuration',
  })
  issuer!: string;

  @ObjectListField(ServiceRuleBody, { maxItems: 100, optional: true, about: 'Whose tokens open the gateway' })
  services?: ServiceRuleBody[];

  @ObjectField(SignInBody, {
    optional: true,
    nullable: true,
    about: 'How people sign in through it; null: they do not',
  })
  signIn?: SignInBody | null;
}

export class UpdateIdentityProvider extends PartialType(OmitType(CreateIdentityProvider, ['slug', 'issuer']), {
  skipNullProperties: false,
}) {}

class SignInAnswer extends OmitType(SignInBody, ['clientSecret']) {
  @ApiProperty({ description: 'Whether a client secret is stored' })
  hasClientSecret!: boolean;

  @ApiProperty({ description: 'To be registered at the provider' })
  redirectUri!: string;
}

export class IdentityProviderAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  issuer!: string;

  @ApiProperty({ type: [ServiceRuleBody] })
  services!: unknown;

  @ApiProperty({ type: SignInAnswer, nullable: true })
  signIn!: SignInAnswer | null;

  @ApiProperty({ type: [String], description: 'Ids of its public keys that count now' })
  keyIds!: string[];

  @ApiProperty({ type: Date, nullable: true, description: 'When they were last read' })
  keysReadAt!: Date | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why they could not be read since; the last ones count on',
  })
  keysError!: string | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

function claimsFlaw(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
  const entries = Object.entries(value);
  if (entries.length > CLAIMS_MAX) return `must name at most ${CLAIMS_MAX} claims`;
  return entries.flat().every((each) => typeof each === 'string' && each !== '' && each.length <= VALUE_CHARS_MAX)
    ? undefined
    : `must have names and values of 1–${VALUE_CHARS_MAX} characters`;
}
