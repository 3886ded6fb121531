import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { TEST_EVENT, WEBHOOK_EVENTS } from '#libs/messages';
import { BooleanField, CheckedField, SlugField, TextField } from '../http/fields.js';

const EVENTS = Object.keys(WEBHOOK_EVENTS);
const STATUSES = ['waiting', 'delivered', 'failed'] as const;

export class CreateWebhook {
  @SlugField({ example: 'finance-alerts' })
  slug!: string;

  @TextField({
    max: 2_000,
    about: 'An https URL that takes POST; on a private network only where the operator allows it',
    example: 'https://hooks.example.com/tollgate',
  })
  url!: string;

  @CheckedField(
    eventsFlaw,
    { type: 'array', items: { type: 'string', enum: EVENTS }, minItems: 1, maxItems: EVENTS.length },
    { about: aboutEvents(), example: ['budget.threshold'] },
  )
  events!: string[];

  @BooleanField({
    optional: true,
    default: true,
    about: 'A disabled webhook is told of nothing that happens meanwhile',
  })
  enabled?: boolean;
}

export class UpdateWebhook extends PartialType(OmitType(CreateWebhook, ['slug']), { skipNullProperties: false }) {}

export class WebhookAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ type: [String], enum: EVENTS })
  events!: string[];

  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until then deliveries are signed by the secret before, too',
  })
  previousSecretUntil!: Date | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

export class WebhookSecretAnswer extends WebhookAnswer {
  @ApiProperty({ description: 'Signs deliveries (Standard Webhooks). Shown once' })
  secret!: string;
}

class AnnouncedEventAnswer {
  @ApiProperty({ format: 'uuid', description: 'The `webhook-id` that it is sent under' })
  id!: string;

  @ApiProperty({ enum: [...EVENTS, TEST_EVENT] })
  type!: string;

  @ApiProperty()
  at!: Date;

  @ApiProperty({ type: 'object', additionalProperties: true })
  data!: unknown;
}

export class DeliveryAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: AnnouncedEventAnswer })
  event!: AnnouncedEventAnswer;

  @ApiProperty({ enum: STATUSES })
  status!: string;

  @ApiProperty({ type: 'integer' })
  attempts!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'HTTP status of the last answer; null when none came' })
  lastStatus!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'What was wrong with the last attempt' })
  lastError!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'At the latest' })
  nextAttemptAt!: Date | null;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: Date | null;
}

function eventsFlaw(value: unknown): string | undefined {
  const isList = Array.isArray(value) && value.length > 0 && new Set(value).size === value.length;
  return isList && value.every((each) => EVENTS.includes(each))
    ? undefined
    : `must be a list of different ones of ${EVENTS.join(', ')}`;
}

function aboutEvents(): string {
  return Object.entries(WEBHOOK_EVENTS)
    .map(([type, about]) => `\`${type}\`: ${about}`)
    .join('. ');
}
