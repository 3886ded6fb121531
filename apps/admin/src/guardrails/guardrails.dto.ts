import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { checks } from '#libs/guardrails';
import { CheckedField, ChoiceField, ObjectField, ReferenceField, SlugField, TextField } from '../http/fields.js';
import { CHECKS_MAX, checksFlaw } from './checks-flaw.js';

const APPLY_TO = ['input', 'output', 'both'] as const;
const MODES = ['enforce', 'dry-run'] as const;
const AUTHORS = ['user', 'assistant', 'system', 'tool'] as const;
const TEST_CHARS_MAX = 200_000;

/** Which calls a guardrail binds; a guardrail of a team binds the teams below too. Empty = all. */
export class GuardrailScopeBody {
  @ReferenceField({ optional: true, about: 'Slug or id' })
  team?: string;

  @ReferenceField({ optional: true, about: 'Slug or id' })
  service?: string;

  @ReferenceField({ optional: true, about: 'Slug or id' })
  route?: string;
}

const CHECK_SCHEMA = {
  type: 'object',
  required: ['type', 'action'],
  properties: {
    type: { type: 'string', enum: [...checks.keys()] },
    action: { type: 'string', enum: ['block', 'redact', 'flag'] },
    reversible: { type: 'boolean' },
    onError: { type: 'string', enum: ['block', 'allow'] },
  },
  additionalProperties: true,
};

export class CreateGuardrail {
  @SlugField({ example: 'no-secrets' })
  slug!: string;

  @ChoiceField(APPLY_TO)
  applyTo!: (typeof APPLY_TO)[number];

  @CheckedField(
    checksFlaw,
    { type: 'array', items: CHECK_SCHEMA, minItems: 1, maxItems: CHECKS_MAX },
    { about: 'Each with the options of its type', example: [{ type: 'secrets', action: 'block' }] },
  )
  checks!: object[];

  @ChoiceField(MODES, {
    optional: true,
    default: 'enforce',
    about: '`dry-run`: what is found is recorded, and nothing is done about it',
  })
  mode?: (typeof MODES)[number];

  @ObjectField(GuardrailScopeBody, { optional: true })
  scope?: GuardrailScopeBody;
}

export class UpdateGuardrail extends PartialType(OmitType(CreateGuardrail, ['slug']), { skipNullProperties: false }) {}

export class GuardrailAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty({ enum: APPLY_TO })
  applyTo!: string;

  @ApiProperty({ enum: MODES })
  mode!: string;

  @ApiProperty({ type: 'array', items: CHECK_SCHEMA })
  checks!: unknown;

  @ApiProperty({ type: GuardrailScopeBody })
  scope!: unknown;

  @ApiProperty()
  createdAt!: Date;

  @ApiProperty()
  updatedAt!: Date;
}

export class TestGuardrails {
  @TextField({ max: TEST_CHARS_MAX })
  text!: string;

  @ChoiceField(['input', 'output'])
  applyTo!: 'input' | 'output';

  @ChoiceField(AUTHORS, {
    optional: true,
    about: 'Who speaks. Default: the user of an input, the assistant of an output',
  })
  author?: (typeof AUTHORS)[number];
}

class TestFindingAnswer {
  @ApiProperty({ description: 'Slug' })
  guardrail!: string;

  @ApiProperty({ description: 'Type of the check' })
  check!: string;

  @ApiProperty()
  rule!: string;

  @ApiProperty({ enum: ['block', 'redact', 'flag'] })
  action!: string;

  @ApiProperty({ minimum: 0, maximum: 1 })
  confidence!: number;

  @ApiProperty({ description: 'Where it begins, in UTF-16 units' })
  start!: number;

  @ApiProperty({ description: 'Where it ends, in UTF-16 units' })
  end!: number;

  @ApiProperty({ description: 'The guardrail is in dry-run: the action is not taken' })
  dryRun!: boolean;
}

export class TestAnswer {
  @ApiProperty({ enum: ['allow', 'flag', 'redact', 'block'] })
  action!: string;

  @ApiProperty({ type: [TestFindingAnswer] })
  findings!: TestFindingAnswer[];
}
