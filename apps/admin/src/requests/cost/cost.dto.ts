import { ApiProperty } from '@nestjs/swagger';

class CostLineAnswer {
  @ApiProperty({ description: 'Kind of token; kinds do not overlap', example: 'cacheRead' })
  kind!: string;

  @ApiProperty({ type: 'integer' })
  tokens!: number;

  @ApiProperty({ description: 'USD' })
  perMillion!: string;

  @ApiProperty({ description: 'USD' })
  costUsd!: string;
}

/** How a call's cost came about. */
export class RequestCostAnswer {
  @ApiProperty({ description: 'USD, as booked' })
  costUsd!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Which prices it was booked at' })
  priceVersion!: string | null;

  @ApiProperty({
    type: [CostLineAnswer],
    nullable: true,
    description: 'Null where the tokens alone do not make the cost, or the prices of then are not known any more',
  })
  lines!: CostLineAnswer[] | null;
}
