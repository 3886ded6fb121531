import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { SlugField, TextField } from '../http/fields.js';

export class CreateOrganization {
  @SlugField({ example: 'acme' })
  slug!: string;

  @TextField({ max: 200, example: 'Acme Inc.' })
  name!: string;
}

export class UpdateOrganization extends PartialType(OmitType(CreateOrganization, ['slug']), {
  skipNullProperties: false,
}) {}

export class OrganizationAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}
