import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { chatDialects } from '#libs/dialects';
import { CheckedField, ChoiceField, InstantField, ObjectField, ReferenceField, TextField } from '../../http/fields.js';
import { boundedObject } from '../../http/json-checks.js';
import { ModelHealthAnswer } from '../../models/models.dto.js';
import { UpdateRoute } from '../routes.dto.js';

/** Every dialect that a chat request can be written in. */
export const SURFACES = Object.keys(chatDialects);
const REQUEST_BYTES_MAX = 1024 * 1024;
const TAGS_MAX = 20;
const CHANGE = 'Members of a route, as in an update: what it would be with them. Left out: as it is';

export class ExplainRoute {
  @CheckedField(
    boundedObject(REQUEST_BYTES_MAX),
    { type: 'object', additionalProperties: true },
    {
      about: 'A request of that surface; its `model` may be left out',
      example: { messages: [{ role: 'user', content: 'Hello' }] },
    },
  )
  request!: object;

  @ChoiceField(SURFACES, { optional: true, default: 'openai-chat' })
  surface?: string;

  @ReferenceField({ optional: true, about: 'Who calls; either this or `team`' })
  service?: string;

  @ReferenceField({ optional: true, about: 'Any service of this team' })
  team?: string;

  @TextField({ max: 200, optional: true })
  agent?: string;

  @TextField({ max: 256, optional: true, about: 'Left out: as the request says' })
  user?: string;

  @TextField({ max: 256, optional: true })
  session?: string;

  @CheckedField(
    tagsFlaw,
    { type: 'object', additionalProperties: { type: 'string' } },
    { optional: true, example: { task: 'summarize' } },
  )
  tags?: Readonly<Record<string, string>>;

  @InstantField({ optional: true, about: 'For rules by the time of day; left out: now' })
  at?: string;

  @ObjectField(UpdateRoute, { optional: true, about: CHANGE })
  route?: UpdateRoute;
}

export class SimulateRoute {
  @ObjectField(UpdateRoute, { about: CHANGE })
  route!: UpdateRoute;

  @InstantField({ about: 'Beginning of the calls to replay' })
  from!: string;

  @InstantField({ about: 'End of the calls to replay, exclusive' })
  to!: string;
}

export class CandidateAnswer {
  @ApiProperty({ description: 'Slug' })
  model!: string;

  @ApiProperty()
  provider!: string;

  @ApiProperty({ type: String, nullable: true })
  region!: string | null;

  @ApiProperty({ type: 'integer' })
  priority!: number;

  @ApiProperty({ description: 'The target’s, times its provider credential’s' })
  weight!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'USD for the estimated input and the longest answer, which the strategy `cost` compares; null = no price',
  })
  estimatedCostUsd!: string | null;

  @ApiProperty({ type: ModelHealthAnswer })
  health!: ModelHealthAnswer;
}

export class FallenAnswer {
  @ApiProperty({ description: 'Slug' })
  model!: string;

  @ApiProperty({
    description:
      'missing, operation, residency, context-window, the capability that it lacks, or parameters: see `params`',
  })
  why!: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'What a model of a strict route would not be told, as the request has it',
  })
  params?: readonly string[];
}

export class RefusalAnswer {
  @ApiProperty({ type: 'integer' })
  status!: number;

  @ApiProperty()
  code!: string;

  @ApiProperty()
  message!: string;
}

export class ExplainAnswer {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Place of the rule that decided, from 0; null = none held',
  })
  rule!: number | null;

  @ApiProperty()
  strategy!: string;

  @ApiProperty({ type: 'integer' })
  estimatedInputTokens!: number;

  @ApiProperty({
    type: [CandidateAnswer],
    description:
      'In the order of the strategy. What is decided by lot stands by weight; what is busy is not known here',
  })
  candidates!: CandidateAnswer[];

  @ApiProperty({ type: [FallenAnswer] })
  fallen!: FallenAnswer[];

  @ApiProperty({ type: RefusalAnswer, nullable: true, description: 'What the caller would be told; null = an answer' })
  refusal!: RefusalAnswer | null;
}

export class ReplayedModelAnswer {
  @ApiProperty({ type: String, nullable: true, description: 'Slug; null = calls that no model answered' })
  model!: string | null;

  @ApiProperty({ type: 'integer' })
  callsBefore!: number;

  @ApiProperty({ type: 'integer' })
  callsAfter!: number;

  @ApiProperty({ description: 'USD' })
  costBeforeUsd!: string;

  @ApiProperty({ description: 'USD' })
  costAfterUsd!: string;
}

export class SimulateAnswer {
  @ApiProperty({ type: 'integer' })
  calls!: number;

  @ApiProperty({ type: 'integer', description: 'Calls that another model would have answered' })
  moved!: number;

  @ApiProperty({ type: 'integer', description: 'Calls for which no model would have been left' })
  withoutCandidate!: number;

  @ApiProperty({
    type: 'integer',
    description: 'Calls that would move to a model without a price: their cost counts as 0',
  })
  unpriced!: number;

  @ApiProperty({ description: 'USD' })
  costBeforeUsd!: string;

  @ApiProperty({ description: 'USD' })
  costAfterUsd!: string;

  @ApiProperty({ type: [ReplayedModelAnswer] })
  models!: ReplayedModelAnswer[];

  @ApiProperty({
    type: Date,
    description: 'Calls from here on were replayed: later than asked when there were too many',
  })
  from!: Date;
}

function tagsFlaw(value: unknown): string | undefined {
  const flaw = `must be an object of at most ${TAGS_MAX} texts`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return flaw;
  const tags = Object.values(value);
  return tags.length <= TAGS_MAX && tags.every((tag) => typeof tag === 'string' && tag.length <= 200)
    ? undefined
    : flaw;
}
