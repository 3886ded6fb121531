import { ApiProperty } from '@nestjs/swagger';
import { InstantField, TextField } from '../../http/fields.js';

export class CreateKey {
  @TextField({ max: 200, example: 'notebook of the data team' })
  name!: string;

  @InstantField({ optional: true, about: 'Valid until; left out: until deleted' })
  expiresAt?: string;
}

export class KeyAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'First characters of the key' })
  prefix!: string;

  @ApiProperty({ type: Date, nullable: true })
  expiresAt!: Date | null;

  @ApiProperty()
  createdAt!: Date;
}

export class CreatedKeyAnswer extends KeyAnswer {
  @ApiProperty({ description: 'Shown this once' })
  key!: string;
}
