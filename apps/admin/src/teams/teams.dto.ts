import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { ReferenceField, SlugField, TextField } from '../http/fields.js';

export class CreateTeam {
  @SlugField({ example: 'engineering' })
  slug!: string;

  @TextField({ max: 200, example: 'Engineering' })
  name!: string;

  @TextField({ max: 100, optional: true, nullable: true, about: 'Booked to in chargeback', example: 'CC-4711' })
  costCenter?: string | null;

  @ReferenceField({
    optional: true,
    nullable: true,
    about: 'Team above, by slug or id: its limits and budgets bind this one too',
  })
  parent?: string | null;
}

export class UpdateTeam extends PartialType(OmitType(CreateTeam, ['slug']), { skipNullProperties: false }) {}

export class TeamAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true })
  costCenter!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Slug' })
  parent!: string | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}
