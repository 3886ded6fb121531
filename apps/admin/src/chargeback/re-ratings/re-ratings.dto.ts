import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { ReferenceField, TextField } from '../../http/fields.js';

export class CreateReRating {
  @TextField({ max: 7, pattern: /^2\d{3}-(0[1-9]|1[0-2])$/, about: 'A month, UTC', example: '2026-11' })
  period!: string;

  @ReferenceField({ about: 'Model, by slug or id, whose prices have been corrected' })
  model!: string;

  @ApiPropertyOptional({ default: false, description: 'Only say what would be adjusted' })
  @IsOptional()
  @IsBoolean()
  preview?: boolean;
}

export class ReRatingLineAnswer {
  @ApiProperty({ type: String, nullable: true })
  costCenter!: string | null;

  @ApiProperty()
  team!: string;

  @ApiProperty()
  service!: string;

  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ description: 'What was booked' })
  bookedUsd!: string;

  @ApiProperty({ description: 'What it costs at the prices that the model has now for that time' })
  ratedUsd!: string;

  @ApiProperty({ description: 'What earlier re-ratings have adjusted' })
  adjustedUsd!: string;

  @ApiProperty({ description: 'Rated less booked less adjusted: the adjustment' })
  differenceUsd!: string;
}

export class ReRatingAnswer {
  @ApiProperty()
  period!: string;

  @ApiProperty({ description: 'Slug' })
  model!: string;

  @ApiProperty({ type: 'integer', description: 'Requests priced anew' })
  requests!: number;

  @ApiProperty({ type: 'integer', description: 'Requests that stay as booked: cached, orphaned, of several attempts' })
  left!: number;

  @ApiProperty()
  differenceUsd!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Where the adjustments were entered; null = nothing was' })
  statement!: string | null;

  @ApiProperty({ type: [ReRatingLineAnswer] })
  lines!: ReRatingLineAnswer[];
}
