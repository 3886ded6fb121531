import { ApiProperty } from '@nestjs/swagger';
import { PERMISSIONS } from '#libs/identity';

class HeldPermission {
  @ApiProperty({ enum: Object.keys(PERMISSIONS) })
  permission!: string;

  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'Ids of the teams where it counts, and in those below them; null: everywhere in the organization',
  })
  teams!: string[] | null;
}

export class MeAnswer {
  @ApiProperty({ enum: ['operator', 'member'] })
  kind!: string;

  @ApiProperty({ description: 'Of the member, or the client id of an operator' })
  id!: string;

  @ApiProperty({ description: 'Email of the member, or the client id of an operator' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Slug; null for operators, who belong to none' })
  organization!: string | null;

  @ApiProperty({ description: 'Where services reach the gateway', example: 'http://localhost:8080' })
  gatewayUrl!: string;

  @ApiProperty({ type: [HeldPermission] })
  permissions!: HeldPermission[];
}
