import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, TextField } from '../http/fields.js';

export const INVALIDATED = ['organization', 'route', 'tag'] as const;
export type Invalidated = (typeof INVALIDATED)[number];

const TAG_CHARS = 64 + 1 + 256;

export class InvalidateCache {
  @ChoiceField(INVALIDATED, { about: 'Which answers: all, those of a route, or those of calls with a tag' })
  kind!: Invalidated;

  @TextField({ max: TAG_CHARS, optional: true, about: 'Slug or id of the route, or `key=value` of the tag' })
  name?: string;
}

/** What was kept before it is not used any more; what is asked afterwards is kept again. */
export class InvalidationAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: INVALIDATED })
  kind!: Invalidated;

  @ApiProperty({ type: String, nullable: true, description: 'Slug of the route, or `key=value` of the tag' })
  name!: string | null;

  @ApiProperty({ type: 'integer', description: 'Of the configuration that says so: gateways follow within a second' })
  version!: number;

  @ApiProperty()
  createdAt!: Date;
}
