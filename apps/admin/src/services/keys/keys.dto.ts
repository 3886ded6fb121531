import { ApiProperty } from '@nestjs/swagger';
import { ipRangeFlaw } from '#libs/identity';
import { CheckedField, InstantField, TextField, TextListField } from '../../http/fields.js';

const IP_RANGES_MAX = 50;

export class CreateKey {
  @TextField({ max: 200, example: 'notebook of the data team' })
  name!: string;

  @TextListField({
    maxItems: 200,
    maxLength: 200,
    optional: true,
    about:
      'What the key may call of what its service may; left out or empty: all of it. As `allowedModels` of a service',
  })
  allowedModels?: string[];

  @CheckedField(
    ipRangesFlaw,
    { type: 'array', items: { type: 'string', maxLength: 50 }, maxItems: IP_RANGES_MAX },
    { optional: true, about: 'Where calls may come from; left out or empty: anywhere', example: ['10.1.0.0/16'] },
  )
  ipRanges?: string[];

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

  @ApiProperty({ type: [String] })
  allowedModels!: string[];

  @ApiProperty({ type: [String] })
  ipRanges!: string[];

  @ApiProperty({ type: Date, nullable: true })
  expiresAt!: Date | null;

  @ApiProperty({ type: Date, nullable: true, description: 'Exact to a minute; null: never' })
  lastUsedAt!: Date | null;

  @ApiProperty()
  createdAt!: Date;
}

export class CreatedKeyAnswer extends KeyAnswer {
  @ApiProperty({ description: 'Shown this once' })
  key!: string;
}

function ipRangesFlaw(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length > IP_RANGES_MAX) return `must be a list of at most ${IP_RANGES_MAX} ranges`;
  const flaws = value.map((range) => (typeof range === 'string' ? ipRangeFlaw(range) : 'must be texts'));
  return flaws.find((flaw) => flaw !== undefined);
}
