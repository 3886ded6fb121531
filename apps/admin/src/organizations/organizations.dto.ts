import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { SlugField, TextField, TextListField } from '../http/fields.js';

export class CreateOrganization {
  @SlugField({ example: 'acme' })
  slug!: string;

  @TextField({ max: 200, example: 'Acme Inc.' })
  name!: string;

  @TextListField({
    maxItems: 20,
    maxLength: 64,
    optional: true,
    about: 'Regions that no call may leave, whatever its route says; empty = anywhere',
    example: ['eu'],
  })
  residency?: string[];
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

  @ApiProperty({ type: [String] })
  residency!: string[];

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}
