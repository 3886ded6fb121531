import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class FieldAnswer {
  @ApiProperty({ description: 'Path of the field, dotted', example: 'targets.0.model' })
  field!: string;

  @ApiProperty()
  message!: string;
}

/** A problem document as OpenAPI describes it; see {@link toProblem}. */
export class ProblemAnswer {
  @ApiProperty({ example: 'urn:tollgate:error:not_found' })
  type!: string;

  @ApiProperty({ example: 'Not found' })
  title!: string;

  @ApiProperty({ type: 'integer', example: 404 })
  status!: number;

  @ApiProperty({ description: 'For people' })
  detail!: string;

  @ApiProperty({ description: 'Path of the request', example: '/api/v1/organizations/acme' })
  instance!: string;

  @ApiProperty({ description: 'For programs: stable', example: 'not_found' })
  code!: string;

  @ApiPropertyOptional({ type: [FieldAnswer] })
  errors?: FieldAnswer[];
}
