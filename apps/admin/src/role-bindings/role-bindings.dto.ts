import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '#libs/identity';
import { ChoiceField, ReferenceField, TextField } from '../http/fields.js';

export class CreateRoleBinding {
  @TextField({ max: 36, pattern: /^[0-9a-f-]+$/, about: 'Id of a member' })
  member!: string;

  @ChoiceField(ROLES)
  role!: Role;

  @ReferenceField({
    optional: true,
    about: 'Slug or id: the role counts in this team and those below it only. Not for owner and admin',
  })
  team?: string;
}

export class RoleBindingAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid', description: 'Id of the member' })
  member!: string;

  @ApiProperty({ format: 'email' })
  email!: string;

  @ApiProperty({ enum: ROLES })
  role!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Slug; null: the whole organization' })
  team!: string | null;

  @ApiProperty({ description: 'Comes from the groups at an identity provider and is renewed at every sign-in' })
  mapped!: boolean;

  @ApiProperty()
  createdAt!: Date;
}
