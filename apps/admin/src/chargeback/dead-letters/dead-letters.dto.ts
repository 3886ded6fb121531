import { ApiProperty } from '@nestjs/swagger';

export class DeadLetterAnswer {
  @ApiProperty({ description: 'Of the entry in the stream of usage events' })
  id!: string;

  @ApiProperty({ description: 'Why it could not be recorded' })
  reason!: string;

  @ApiProperty()
  buriedAt!: Date;

  @ApiProperty({ description: 'The event as it came' })
  event!: string;
}

export class DeadLettersAnswer {
  @ApiProperty({ type: 'integer', description: 'How many there are' })
  count!: number;

  @ApiProperty({ type: [DeadLetterAnswer], description: 'The first 1,000, in no order' })
  data!: DeadLetterAnswer[];
}

export class ReplayAnswer {
  @ApiProperty({ type: 'integer', description: 'Events given to ingest once more' })
  replayed!: number;
}
