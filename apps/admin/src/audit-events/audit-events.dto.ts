import { ApiProperty } from '@nestjs/swagger';

export class AuditEventAnswer {
  @ApiProperty({ type: 'integer', description: 'Place in the chain of the organization, from 1, without gaps' })
  sequence!: number;

  @ApiProperty()
  at!: Date;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'kind, id and name of who acted' })
  actor!: unknown;

  @ApiProperty({ example: 'budget.updated' })
  action!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'kind, id and slug of what was changed' })
  resource!: unknown;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  before!: unknown;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  after!: unknown;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'ip, userAgent and requestId' })
  from!: unknown;

  @ApiProperty({ type: 'integer', description: 'Version of the bytes that were hashed' })
  format!: number;

  @ApiProperty()
  previousHash!: string;

  @ApiProperty({ description: 'SHA-256 of the canonical bytes, hex' })
  hash!: string;
}

class BreakAnswer {
  @ApiProperty({ type: 'integer' })
  sequence!: number;

  @ApiProperty({ example: 'changed' })
  reason!: string;
}

export class VerificationAnswer {
  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Events in a chain that is whole' })
  events!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Hash of the last of them: keep it elsewhere, to notice a cut',
  })
  hash!: string | null;

  @ApiProperty({ type: BreakAnswer, nullable: true, description: 'The first flaw' })
  broken!: BreakAnswer | null;
}
