import { ApiProperty, PickType } from '@nestjs/swagger';
import { ROLES } from '#libs/identity';
import { CheckedField, TextField } from '../http/fields.js';

const EMAIL_CHARS_MAX = 254;
const EMAIL = /^[^\s@"<>]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,187}[a-z0-9])?$/i;
const WAYS = ['password', 'one-time-password', 'identity-provider'] as const;

/** An address that mail could go to; stored in lower case. */
export function EmailField(): PropertyDecorator {
  return CheckedField(
    (value) =>
      typeof value === 'string' && value.length <= EMAIL_CHARS_MAX && EMAIL.test(value)
        ? undefined
        : 'must be an email address',
    { type: 'string', format: 'email', maxLength: EMAIL_CHARS_MAX },
    { example: 'ada@acme.example' },
  );
}

export class CreateMember {
  @EmailField()
  email!: string;

  @TextField({ max: 200, example: 'Ada Lovelace' })
  name!: string;
}

export class UpdateMember extends PickType(CreateMember, ['name']) {}

class MemberRole {
  @ApiProperty({ enum: ROLES })
  role!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Slug of the team it is for; null: the organization' })
  team!: string | null;
}

export class MemberAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'email' })
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [MemberRole], description: 'Given and taken as role bindings' })
  roles!: MemberRole[];

  @ApiProperty({ enum: WAYS, description: 'How the member signs in next' })
  signsInWith!: (typeof WAYS)[number];

  @ApiProperty({ type: Date, nullable: true })
  lastSignInAt!: Date | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

export class CreatedMemberAnswer extends MemberAnswer {
  @ApiProperty({ description: 'Shown this once; to be changed at the first sign-in' })
  oneTimePassword!: string;
}
